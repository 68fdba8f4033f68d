"""Listening to a sound of one's own."""

from typing import Annotated, ClassVar, Literal

from pydantic import Base64Bytes, WithJsonSchema

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.shapes import Classes
from app.parts.tasks.task import Task

MOST_BYTES = 1_400_000
WavFile = Annotated[
    Base64Bytes, WithJsonSchema({"type": "string", "format": "base64", "contentMediaType": "audio/wav"})
]


class Listen(Question):
    """Gives the network a sound of one's own, and says which class it holds that to be. Short sounds do best, half a
    second long: of a longer one it hears the loudest part.

    It has learned from made voices alone. A real voice differs in a hundred ways that no maker thought of, so it may
    well be mistaken: what was never among the data cannot be learned from them.
    """

    title: ClassVar[str] = "Listen to this"
    also: ClassVar[tuple[str, ...]] = ("classify", "sound", "voice", "microphone", "record", "wav", "audio")

    kind: Literal["listen"] = "listen"
    sound: WavFile = setting(b"", "Sound", "A WAV file of up to 10 seconds, as base64.", max_length=MOST_BYTES)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return dataset.sound() is not None and task.predicts and isinstance(task.target(dataset), Classes)
