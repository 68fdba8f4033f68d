"""What is said of a run: one finding, with the numbers it rests on and one thing to try."""

from dataclasses import asdict, dataclass
from typing import Any

from app.runs.events import Sentence, Tone, What


@dataclass(frozen=True)
class Verdict:
    """A few words (`head`), a sentence with the numbers it rests on, and a fix:
    `{"title": sentence, "edits": JSON Patch}` for a new run."""

    what: What
    tone: Tone
    head: Sentence
    sentence: Sentence
    fix: dict[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """As it stands in the log and in a checkpoint."""
        return asdict(self)


def sentence(template: str, **values: float | str) -> Sentence:
    """A template with its values, numbers rounded to the three digits that matter."""
    return {"template": template, "values": {name: _short(value) for name, value in values.items()}}


def _short(value: float | str) -> float | str:
    return float(f"{value:.3g}") if isinstance(value, float) else value
