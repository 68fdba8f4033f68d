"""The curve of a schedule before a run."""

from app.parts.schedules.schedule import Schedule


def preview(schedule: Schedule, epochs: float, points: int = 200) -> dict[str, list[float]]:
    """The factor on the learning rate at evenly spaced epochs. What it makes of losses is not known before the run."""
    places = [epochs * number / (points - 1) for number in range(points)]
    return {"epoch": places, "factor": [schedule.factor(epoch, epochs) for epoch in places]}
