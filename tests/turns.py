"""In which order tests run: whoever is left with a long one at the end keeps all others waiting."""

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol, TypeVar


class Marked(Protocol):
    """What is asked of a `pytest.Item`."""

    @property
    def nodeid(self) -> str: ...

    def get_closest_marker(self, name: str) -> object | None: ...


T = TypeVar("T", bound=Marked)


def slow_ones_first(tests: Sequence[T], workers: int) -> list[T]:
    """Each worker is handed an equal run of neighbours: a share of the modules that have slow tests, then others."""
    modules = [list(module) for _, module in groupby(tests, key=lambda test: test.nodeid.partition("::")[0])]
    quick = [test for module in modules if not _slow(module) for test in module]
    order: list[T] = []
    for turn, share in enumerate(_shares([module for module in modules if _slow(module)], workers)):
        size = (len(tests) - len(order)) // (workers - turn)  # as pytest-xdist cuts them
        more = max(0, size - len(share))
        order += [*share, *quick[:more]]
        quick = quick[more:]
    return order + quick


def _shares(modules: list[list[T]], workers: int) -> list[list[T]]:
    """Each has about as many slow tests; a module stays whole, since what its tests share is made once."""
    shares: list[list[T]] = [[] for _ in range(workers)]
    for module in modules:
        min(shares, key=_slow).extend(module)
    return shares


def _slow(tests: Sequence[Marked]) -> int:
    return sum(test.get_closest_marker("slow") is not None for test in tests)
