"""Faces drawn from parts, to be told apart by one of them."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.drawn import Drawn
from app.parts.datasets.face_drawing import GLASSES, HAIRS, MOODS, Looks, drawn_faces
from app.parts.datasets.labelled import Labelled
from app.parts.part import setting
from app.parts.shapes import Classes

Answer = Literal["mood", "hair", "glasses"]
ANSWERS: dict[Answer, tuple[str, ...]] = {"mood": MOODS, "hair": HAIRS, "glasses": GLASSES}


class DrawnFaces(Drawn, Labelled):
    """Faces drawn from eyes, nose, mouth and hair: is it sad, smiling or surprised? What hair does it have?

    Made to look into a network: its first layers find edges, its middle ones parts such as a mouth, its last ones what
    the parts say together.
    """

    title: ClassVar[str] = "Drawn faces"
    also: ClassVar[tuple[str, ...]] = ("mood", "expression", "glasses", "hair", "smile", "features")

    kind: Literal["drawn_faces"] = "drawn_faces"
    samples: int = setting(
        2000, "Pictures", "How many pictures are drawn, all splits together.", ge=20, le=5000, step=10, log=True
    )
    answer: Answer = setting(
        "mood",
        "Question",
        "What is to be told of a face. The pictures are the same for all three.",
        labels={"mood": "Which mood?", "hair": "Which hair?", "glasses": "With glasses?"},
    )
    variety: float = setting(
        1.0,
        "Variety",
        "How far faces of the same looks differ in place, size, tilt, shades and the places of their parts.",
        ge=0,
        le=1,
        step=0.05,
    )

    def target(self) -> Classes:
        return Classes(names=ANSWERS[self.answer])

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        numbers = {answer: random.permutation(self.samples) % len(names) for answer, names in ANSWERS.items()}
        looks = Looks(numbers["mood"], numbers["hair"], numbers["glasses"])
        pictures, _ = drawn_faces(random, looks, self.variety)
        return self.grained(pictures, random), numbers[self.answer]
