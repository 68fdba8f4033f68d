"""How much memory a run may take follows from the machine."""

import pytest

from app.executors.memory import GIB, machine_memory, share_of_memory


@pytest.mark.parametrize(
    ("total", "at_once", "share"),
    [
        (64 * GIB, 8, 4 * GIB),  # never more
        (16 * GIB, 8, 1.5 * GIB),
        (4 * GIB, 8, GIB),  # never less
        (8 * GIB, 1, 4 * GIB),  # a machine of one's own, one run at a time
        (0, 8, 4 * GIB),  # nobody knows
    ],
)
def test_run_may_take_its_share_of_three_quarters(total: int, at_once: int, share: float) -> None:
    assert share_of_memory(at_once, total) == share


def test_memory_of_this_machine_is_known() -> None:
    assert machine_memory() > GIB // 2
