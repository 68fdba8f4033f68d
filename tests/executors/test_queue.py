"""The queue, without processes."""

from app.executors.executor import Waiting
from app.executors.limits import Limits
from app.executors.queue import Busy, Queue


def drained(queue: Queue, limits: Limits) -> list[str]:
    order: list[str] = []
    while run := queue.take([], limits):
        order.append(run)
    return order


def test_turns_go_round_by_owner_so_that_many_runs_of_one_delay_nobody_else() -> None:
    queue = Queue()
    for run, owner in [("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c"), ("b2", "b")]:
        queue.add(run, owner)
    expected = ["a1", "b1", "c1", "a2", "b2", "a3"]
    assert list(queue.waiting([], Limits(), None)) == expected
    assert drained(queue, Limits()) == expected


def test_positions_foretell_the_order_in_which_runs_are_taken_after_each_turn() -> None:
    queue = Queue()
    for number in range(12):
        queue.add(f"r{number}", f"owner {number % 5 % 3}")
    while len(queue):
        foretold = list(queue.waiting([], Limits(), None))
        assert queue.take([], Limits()) == foretold[0]
        assert list(queue.waiting([], Limits(), None)) == foretold[1:]


def test_a_full_house_takes_nobody() -> None:
    queue = Queue()
    queue.add("a1", "a")
    assert queue.take([Busy("b", 1.0), Busy("c", 1.0)], Limits(places=2)) is None
    assert "a1" in queue


def test_an_owner_at_the_limit_waits_while_others_pass() -> None:
    queue = Queue()
    queue.add("a2", "a")
    queue.add("b1", "b")
    busy = [Busy("a", 1.0)]
    assert queue.take(busy, Limits(places=8, per_owner=1)) == "b1"
    assert queue.take([*busy, Busy("b", 0.0)], Limits(places=8, per_owner=1)) is None
    assert queue.take(busy, Limits(places=8, per_owner=2)) == "a2"


def test_a_removed_run_leaves_no_gap() -> None:
    queue = Queue()
    for run in ("a1", "a2", "a3"):
        queue.add(run, "a")
    queue.remove("a2")
    queue.remove("unknown")
    assert queue.waiting([], Limits(), None) == {"a1": Waiting(1, None), "a3": Waiting(2, None, "a1")}


def test_the_expected_wait_is_played_through_with_the_usual_length_of_a_run() -> None:
    queue = Queue()
    for run, owner in [("c1", "c"), ("d1", "d"), ("c2", "c")]:
        queue.add(run, owner)
    busy = [Busy("a", 4.0, "a1"), Busy("b", 8.0, "b1")]  # of 10 seconds: 6 and 2 are left
    waiting = queue.waiting(busy, Limits(places=2), 10.0)
    assert waiting == {"c1": Waiting(1, 2.0, "b1"), "d1": Waiting(2, 6.0, "a1"), "c2": Waiting(3, 12.0, "c1")}


def test_who_waits_for_the_own_first_run_is_told_so() -> None:
    queue = Queue()
    queue.add("a2", "a")
    assert queue.waiting([Busy("a", 3.0, "a1")], Limits(places=8), 10.0) == {"a2": Waiting(1, 7.0, "a1")}


def test_a_run_that_takes_longer_than_usual_is_expected_to_end_soon_but_not_in_the_past() -> None:
    queue = Queue()
    queue.add("a2", "a")
    assert queue.waiting([Busy("a", 300.0, "a1")], Limits(places=8), 10.0) == {"a2": Waiting(1, 1.0, "a1")}


def test_a_run_that_says_how_long_it_takes_is_believed_rather_than_what_is_usual() -> None:
    queue = Queue()
    queue.add("a3", "a")
    busy = [Busy("a", 3.0, "a1", left=90.4), Busy("a", 1.0, "a2", left=140.0)]
    assert queue.waiting(busy, Limits(places=8, per_owner=2), 10.0) == {"a3": Waiting(1, 90.0, "a1")}
    assert queue.waiting(busy, Limits(places=8, per_owner=2), None) == {"a3": Waiting(1, 90.0, "a1")}


def test_who_waits_is_told_for_which_run_though_nobody_knows_how_long() -> None:
    queue = Queue()
    queue.add("b1", "b")
    queue.add("b2", "b")
    waiting = queue.waiting([Busy("a", 3.0, "a1")], Limits(places=1), None)
    assert waiting == {"b1": Waiting(1, None, "a1"), "b2": Waiting(2, None, "b1")}


def test_who_never_had_a_turn_comes_before_all_who_had_one() -> None:
    queue = Queue()
    for run, owner in [("a1", "a"), ("b1", "b")]:
        queue.add(run, owner)
    assert [queue.take([], Limits()) for _ in range(2)] == ["a1", "b1"]
    for run, owner in [("b2", "b"), ("a2", "a"), ("c1", "c")]:
        queue.add(run, owner)
    assert queue.newcomers() == {"c"}
    assert list(queue.waiting([], Limits(), None)) == ["c1", "a2", "b2"]
    assert drained(queue, Limits()) == ["c1", "a2", "b2"]
