"""Figures: what the files of a meeting's minutes cost the bot, beside making them in its own process."""

import json
import subprocess
import sys

ORDER = """
import json, re, resource
from pathlib import Path
import bot.services.posts
from bot.messages import minutes_hwpx, minutes_pdf
from bot.messages.printing import Order
from bot.services.printing import printed
from config.fonts import find
from tests.messages.test_minutes_doc import scripted
from tests.messages.test_minutes_hwpx import FULL, MADE

def memory():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)

doc = scripted("ko", FULL)
def apart():
    printed(Order(("hwpx", "pdf"), MADE.isoformat(), minutes=doc))
def here():
    minutes_hwpx.hwpx(doc, MADE), minutes_pdf.pdf(doc, MADE, find())
"""
ROUNDS = """
make, before = {make}, memory()
make()
began = spent()
for _ in range(10):
    make()
print(json.dumps([memory() - before, (spent() - began) / 10]))
"""


def measure() -> dict[str, tuple[float, float]]:
    """Megabytes kept after eleven meetings and CPU seconds for one, HWPX and PDF each; the floor makes them in the bot's own process."""
    (kept, spent), (kept_here, spent_here) = run("apart"), run("here")
    return {"minutes as files, MB kept": (kept, kept_here), "minutes as files, CPU s": (spent, spent_here)}


def run(make: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", ORDER + ROUNDS.format(make=make)], capture_output=True, text=True, check=True
    )
    kept, spent = json.loads(done.stdout)
    return kept, spent
