"""Files are made by a process that ends; what goes wrong in it is said."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.messages.printing import Order
from bot.rules.listings import Listing
from bot.services import printing

AT = datetime(2026, 12, 4, 1, tzinfo=UTC).isoformat()
ORDER = Order(("pdf",), AT, listing=Listing("ko", "목록", "", (), ""))


def test_nothing_of_what_draws_stays_here():
    """The bot's own process keeps none of it: some 110 MB."""
    code = (
        "import sys\nfrom tests.services.test_printing import ORDER\nfrom bot.services import posts, printing\n"
        "assert printing.printed(ORDER)['pdf'].startswith(b'%PDF')\n"
        "print([name for name in ('hwpx', 'lxml', 'reportlab', 'PIL') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_process_that_was_killed_is_started_once_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    killed = tmp_path / "killed"
    code = (
        f"import os, pathlib\nif not (mark := pathlib.Path({str(killed)!r})).exists():\n"
        f"    mark.touch(); os.kill(os.getpid(), {signal.SIGTERM.value})\n"
        "from bot.messages.printing import main; main()"
    )
    monkeypatch.setattr(printing, "COMMAND", (sys.executable, "-c", code))

    assert printing.printed(ORDER)["pdf"].startswith(b"%PDF")
    assert killed.exists()


def test_what_went_wrong_is_said():
    with pytest.raises(printing.NotPrinted, match="for nothing"):
        printing.printed(Order(("pdf",), AT))
