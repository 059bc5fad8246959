"""Settings: every problem named at once, no value of a secret anywhere."""

import pytest
from pydantic import ValidationError

from config.settings import BadSettings, Problem, Settings, load
from config.words import LANGUAGES, Words
from storage.seal import new_key

BAD = {
    "SLACK_BOT_TOKEN": ("xapp-1-secret", "setting-not-a-bot-token"),
    "SLACK_APP_TOKEN": ("xoxb-secret", "setting-not-an-app-token"),
    "SLACK_API_URL": ("slack.secret/api", "setting-not-an-address"),
    "DATABASE_URL": ("mysql://secret@host/database", "setting-not-a-database"),
    "TFT_SECRET_KEY": ("secret", "setting-not-a-key"),
    "TFT_CLOCK_URL": ("secret", "setting-not-an-address"),
    "TFT_LANGUAGE": ("secret", "setting-not-a-language"),
    "TFT_LOG_LEVEL": ("secret", "setting-not-a-level"),
    "PORT": ("70000", "setting-not-a-port"),
}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path):
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_fine_until_something_is_needed():
    assert load().on_sqlite
    assert [problem.variable for problem in load().lacking()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


@pytest.mark.parametrize("variable", BAD)
def test_a_value_that_cannot_be_used_is_named_by_its_variable(variable: str, monkeypatch: pytest.MonkeyPatch):
    value, key = BAD[variable]
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSettings) as refused:
        load()
    assert refused.value.problems == [Problem(variable, key)]


def test_all_problems_come_at_once_and_no_value_with_them(monkeypatch: pytest.MonkeyPatch):
    for variable, (value, _) in BAD.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(BadSettings) as refused:
        load()
    assert [problem.variable for problem in refused.value.problems] == list(BAD)
    assert "secret" not in str(refused.value)
    assert "secret" not in repr(refused.value.problems)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_words(language: str):
    say = Words().say(language)
    keys = {key for _, key in BAD.values()}
    keys |= {problem.key for settings in (Settings(),) for problem in settings.lacking() + settings.lacking_for_web()}
    for key in keys:
        assert say(key)


@pytest.mark.parametrize(
    "value",
    ["", "  ", "not base64!", "c2hvcnQ=", f"{new_key()},c2hvcnQ="],
    ids=["empty", "spaces", "no base64", "short", "second one short"],
)
def test_a_key_that_is_none_is_refused(value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TFT_SECRET_KEY", value)
    if value == "":
        assert load().secret_keys == []
        return
    with pytest.raises(BadSettings):
        load()


def test_several_keys_are_taken_in_their_order(monkeypatch: pytest.MonkeyPatch):
    keys = [new_key(), new_key()]
    monkeypatch.setenv("TFT_SECRET_KEY", ", ".join(keys))
    assert load().secret_keys == keys


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_secrets_print_as_stars(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "very-secret")
    assert "secret" not in repr(load()).replace("secret=", "").replace("secret_key", "").replace("_secret", "")


def test_an_address_of_slack_ends_with_one_slash(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:8900/api")
    assert load().slack_api_url == "http://127.0.0.1:8900/api/"


def test_tokens_of_a_stand_in_may_look_as_they_like(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "bot")
    monkeypatch.setenv("SLACK_APP_TOKEN", "app")
    assert load().lacking() == []


def test_without_socket_mode_it_takes_postgresql_and_signatures(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    assert [problem.variable for problem in load().lacking()] == ["SLACK_APP_TOKEN"]
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/tft")
    assert load().lacking() == []
    assert load().lacking_for_web() == []


def test_the_web_names_both_that_it_lacks():
    assert [problem.variable for problem in load().lacking_for_web()] == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]


def test_the_file_beside_it_is_read_and_the_environment_wins(tmp_path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / ".env").write_text("TFT_LANGUAGE=en\nPORT=4000\n")
    monkeypatch.setenv("PORT", "5000")
    assert (load().language, load().port) == ("en", 5000)
