"""The order in which tests run loses none, and has what is slow early."""

from dataclasses import dataclass

import pytest

from tests.turns import slow_ones_first


@dataclass(frozen=True)
class One:
    nodeid: str
    mark: str = ""

    def get_closest_marker(self, name: str) -> str | None:
        return self.mark if self.mark == name else None


TESTS = [
    *(One(f"quick.py::{number}") for number in range(30)),
    *(One(f"mixed.py::{number}", "slow" if number % 2 else "browser") for number in range(5)),
    *(One(f"more.py::{number}") for number in range(30)),
    *(One(f"slow{module}.py::{number}", "slow") for module in range(3) for number in range(2)),
]


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7, 100])
def test_every_worker_begins_with_modules_that_are_slow_and_nothing_is_lost(workers: int):
    order = slow_ones_first(TESTS, workers)
    begins = [one[0].nodeid for one in handed_out(order, workers) if one]

    assert sorted(order, key=hash) == sorted(TESTS, key=hash)
    assert sum("quick" not in one and "more" not in one for one in begins) >= min(workers, 4)


def test_a_module_stays_whole():
    order = [one for one in slow_ones_first(TESTS, 4) if "mixed" in one.nodeid]
    first = slow_ones_first(TESTS, 4).index(order[0])

    assert order == TESTS[30:35] == slow_ones_first(TESTS, 4)[first : first + 5]


def handed_out(order: list[One], workers: int) -> list[list[One]]:
    """Equal runs of neighbours, as pytest-xdist hands them out."""
    runs, left = [], order
    for others in range(workers, 0, -1):
        runs.append(left[: len(left) // others])
        left = left[len(left) // others :]
    return runs
