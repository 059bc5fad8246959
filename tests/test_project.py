"""What people read and what installs the project: files at the top, locks, names of commands and settings."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from typer.core import TyperGroup as Group
from typer.main import get_command

from bot.cli import app
from config.settings import Settings

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.txt", "requirements-dev.txt"]
ROOMS = {"bot", "handlers", "storage", "config", "playground", "tests", "docs", ".ci"}
TOP_LEVEL_FILES = {
    ".env.example",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "Procfile",
    "README.md",
    "manifest.json",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
}
DATA = {".csv", ".json", ".tsv", ".xml"}
# Data that have no source but ourselves, each with its reason.
OUR_OWN = {"playground/words.json": "what the page says"}
# Larger than a megabyte, each with its reason.
LARGE: dict[str, str] = {}
MEGABYTE = 1_000_000


@cache
def tracked() -> list[Path]:
    """Every file that git has, as it is in the folder now."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    return [file for file in files if file.is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every tracked text."""
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content:
            yield str(file.relative_to(ROOT)), content.decode("utf-8")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def wanted(lock: str) -> list[Requirement]:
    """What pyproject.toml asks for in that lock."""
    groups = project()["dependency-groups"]
    names = [*project()["project"]["dependencies"], *groups["build"]]
    return [Requirement(name) for name in names + (groups["dev"] if lock == "requirements-dev.txt" else [])]


@cache
def locked(lock: str) -> dict[str, Version]:
    """Names and versions in a lock; one that is there for several Pythons has its newest version here."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", read(lock), re.MULTILINE)
    found: dict[str, Version] = {}
    for name, version in pins:
        key = canonicalize_name(name)
        found[key] = max(Version(version), found.get(key, Version("0")))
    return found


# --- locks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_pyproject_asks_for(lock: str):
    for requirement in wanted(lock):
        version = locked(lock).get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in {lock}: run `make lock`"
        assert version in requirement.specifier, f"{lock} has {requirement.name} {version}, not {requirement.specifier}"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_nothing_that_nobody_asks_for(lock: str):
    entries = re.split(r"\n(?=[a-z0-9])", read(lock).strip())
    for entry in entries:
        assert "# via" in entry, entry.partition("\n")[0]
    direct = {
        canonicalize_name(entry.partition("==")[0].partition("[")[0])
        for entry in entries
        if re.search(r"tft-bot \(pyproject\.toml", entry)
    }
    assert direct == {canonicalize_name(requirement.name) for requirement in wanted(lock)}, "run `make lock`"


def test_the_development_lock_holds_the_run_time_lock():
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_is_pinned_and_hashed(lock: str):
    for entry in re.split(r"\n(?=[^ #])", read(lock).strip()):
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+( ; [^\\]+)? \\\n( +--hash=sha256:[0-9a-f]{64})", entry)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place(lock: str):
    """No index, no host, no folder: pip takes packages from where the machine is set up to."""
    for line in read(lock).splitlines():
        assert not re.search(r"://|(^|\s)--?(?!hash=)[a-z]|/", line.partition(" -c requirements.txt")[0]), line


# --- files -----------------------------------------------------------------------------------------------------------


def test_the_top_level_is_the_one_agreed_on():
    assert {file.relative_to(ROOT).parts[0] for file in tracked()} - ROOMS - TOP_LEVEL_FILES == set()


def test_no_text_names_a_package_registry_or_a_place_of_one_machine():
    registry = re.compile(r"\bpy(?:pi|thonhosted)\.org|\bnpmjs\.(?:org|com)|\bdebian\.org/debian|\bcrates\.io")
    place = re.compile(r"(?<![\w.~*}/])/(?:work|root|home|opt|srv|Users)/\w")
    for name, content in texts():
        for line in content.splitlines():
            assert not registry.search(line), f"{name}: {line}"
            assert not place.search(line), f"{name}: {line}"


def test_files_are_small():
    large = {str(file.relative_to(ROOT)) for file in tracked() if file.stat().st_size > MEGABYTE}
    assert large == set(LARGE)


def test_data_say_where_they_are_from():
    """A folder with data, or one above it in the same room, has SOURCES.md: origin, licence, how they were made."""
    silent = []
    for file in tracked():
        folders = [folder for folder in file.parents if folder != ROOT and ROOT in folder.parents]
        if file.suffix in DATA and folders and not any((folder / "SOURCES.md").is_file() for folder in folders):
            silent.append(str(file.relative_to(ROOT)))
    assert set(silent) == set(OUR_OWN)


def test_texts_end_lines_as_unix_does():
    """Data may lack the last line end: they are as we got them."""
    ours = [(name, content) for name, content in texts() if Path(name).suffix not in DATA and content]
    assert [name for name, content in ours if not content.endswith("\n")] == []
    assert [name for name, content in texts() if "\r" in content] == []


# --- what people read --------------------------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def documents() -> list[str]:
    return [name for name, _ in texts() if name.endswith(".md")]


def test_make_explains_every_target():
    assert set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE)) == targets()


def test_documents_name_targets_that_exist():
    for name in documents():
        named = set(re.findall(r"(?:`|^    |^)make (?:[A-Z]+=\S+ )*([a-z]+)", read(name), re.MULTILINE))
        assert named <= targets(), name
    assert {"demo", "test", "check"} <= set(re.findall(r"\bmake ([a-z]+)", read("README.md")))


def test_documents_link_to_files_that_exist():
    for name in documents():
        for link in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", read(name)):
            assert ((ROOT / name).parent / link).exists(), f"{name}: {link}"


def test_the_settings_in_the_example_are_the_settings_there_are():
    named = re.findall(r"^#? ?([A-Z][A-Z_]+)=", read(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(field.alias or name.upper() for name, field in Settings.model_fields.items())


def test_the_example_as_it_stands_means_the_defaults(monkeypatch: pytest.MonkeyPatch):
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)

    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


def commands(group: Group, prefix: str = "tft") -> Iterator[str]:
    """Every command of the command line, as it is typed."""
    for name, command in group.commands.items():
        yield f"{prefix} {name}"
        if isinstance(command, Group):
            yield from commands(command, f"{prefix} {name}")


def test_documents_name_commands_that_exist():
    tft = get_command(app)
    assert isinstance(tft, Group)
    known = {command: command.split() for command in commands(tft)}
    for name in [*documents(), "Procfile", ".env.example"]:
        for typed in re.findall(r"(?<![\w/.])(?:\.venv/bin/)?(tft(?: [a-z]+)+)", "\n".join(code(read(name), name))):
            words = typed.split()
            assert any(words[: len(known[command])] == known[command] for command in known), f"{name}: {typed}"


def code(content: str, name: str) -> list[str]:
    """The parts of a document that are set as code; all of a file that is no document."""
    return re.findall(r"```.*?```|`[^`\n]+`", content, re.DOTALL) if name.endswith(".md") else [content]


def test_the_procfile_has_the_three_processes():
    assert [line.partition(":")[0] for line in read("Procfile").splitlines()] == ["release", "web", "worker"]


def test_the_change_log_has_a_place_for_what_is_not_released():
    assert re.search(r"^## Unreleased$", read("CHANGELOG.md"), re.MULTILINE)


def test_the_licence_is_the_one_that_the_project_states():
    assert read("LICENSE").startswith("MIT License\n\nCopyright (c) ")
    assert "The TFT bot authors" in read("LICENSE")
    assert project()["project"]["license"] == "MIT"
