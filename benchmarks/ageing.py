"""What an epoch costs late in a run, against early."""

from benchmarks.documents import dense, document, with_steps
from benchmarks.ours import open_yard
from benchmarks.row import Row

EPOCHS = 20_000
EARLY, LATE = (200, 1_200), (18_000, 20_000)  # epochs between which the time is taken


async def rows() -> list[Row]:
    """One tiny network for 20,000 epochs of one step each."""
    experiment = document(
        dataset={"kind": "circle", "samples": 50, "noise": 0.1},
        layers=dense(4, activation="tanh"),
        optimizer={"kind": "sgd", "lr": 0.03},
        batch_size=30,
    )
    async with open_yard() as yard:
        events = await yard.train(with_steps(experiment, EPOCHS))
    times = [(event["columns"]["step"][-1], event["time"]) for event in events if event["type"] == "measured"]
    early, late = pace(times, *EARLY), pace(times, *LATE)
    return [
        Row(
            f"Cost of an epoch at epoch {EPOCHS:,} against the first ones (the peer's grows fourfold)",
            f"{late / early:.2f} ×",
            "1.1 ×",
            late / early <= 1.1,
            f"{early * 1e6:.0f} µs early, {late * 1e6:.0f} µs late",
        )
    ]


def pace(times: list[tuple[int, float]], first: int, last: int) -> float:
    """Seconds an epoch between two of them."""
    within = [(step, at) for step, at in times if first <= step <= last]
    (begin, began), (end, ended) = within[0], within[-1]
    return (ended - began) / (end - begin)
