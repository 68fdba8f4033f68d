"""A text of one's own."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.text import Text
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.torch_call import TorchCall

LONGEST = 10_000_000  # characters; each takes at least a byte of the file
LEAST_WINDOWS, LEAST_WINDOW = 10, 4
SHORTEST = LEAST_WINDOWS * LEAST_WINDOW + 1  # characters
MOST_UNKNOWN = 0.9  # share of the tokens


class OwnText(Text):
    """A text that you bring as a file, in any script: its beginning is learned from, its end tests.

    What is learned are its letters, its words and a little of its style. A novel is a start; a page is soon known by
    heart. Windows lie side by side where all are used, and evenly over the text where there are fewer.
    """

    title: ClassVar[str] = "Your own text"
    group: ClassVar[str] = "own"
    supplied_by: ClassVar[str] = "upload"
    brought: ClassVar[tuple[str, ...]] = ("upload", "characters", "different")
    also: ClassVar[tuple[str, ...]] = ("upload", "txt", "novel", "poems", "language model", "corpus")
    prompt: ClassVar[str] = "\n"

    kind: Literal["own_text"] = "own_text"
    upload: str = setting("", "Text", "Which of your texts it is: the id that it got when it came.", max_length=20)
    characters: int = setting(
        0, "Characters", "How many characters it has. They are counted when the text comes.", ge=0, le=LONGEST
    )
    different: int = setting(
        0,
        "Different characters",
        "How many different ones there are. They are counted when the text comes.",
        ge=0,
        le=LONGEST,
    )
    samples: int = setting(
        8000, "Windows", "How many windows of text, all splits together.", ge=LEAST_WINDOWS, le=100_000, log=True
    )

    def different_letters(self) -> int:
        return self.different

    def source(self) -> TorchCall:
        return TorchCall("files.own_text", self.model_dump(mode="json"))

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        if loaded is None:
            raise ValueError(f"Expected the tokens of {self.upload}, but got none.")
        tokens, _ = loaded
        self._demand_enough(len(tokens))
        apart = (len(tokens) - 1) // self.samples  # from window to window
        return self._windows(tokens[:-1], apart), self._windows(tokens[1:], apart)

    def check(self) -> None:
        if not self.upload or not self.characters:
            raise Problem("There is no text yet. Bring one as a file.", place="/upload")
        self._demand_enough(self.characters)  # a token has at least one
        super().check()

    def _demand_enough(self, tokens: int) -> None:
        """Raises `Problem` where so many tokens are fewer than the windows take, side by side."""
        windows, window = (tokens - 1) // self.window, (tokens - 1) // LEAST_WINDOWS
        if windows >= self.samples:
            return
        fix: tuple[Fix, ...] = ()
        if windows >= LEAST_WINDOWS:
            fix = (Fix("Use {count} windows", {"count": windows}, (Edit("replace", "/samples", windows),)),)
        elif window >= LEAST_WINDOW:
            edits = (Edit("replace", "/window", window), Edit("replace", "/samples", LEAST_WINDOWS))
            fix = (Fix("Use {count} windows of {window} tokens", {"count": LEAST_WINDOWS, "window": window}, edits),)
        raise Problem(
            "This text has {tokens} tokens, and {count} windows of {window} would take more. Take fewer windows.",
            place="/samples",
            tokens=tokens,
            count=self.samples,
            window=self.window,
            fixes=fix,
        )

    def _windows(self, tokens: Array, apart: int) -> Array:
        """Windows (samples, window) that are views of the tokens."""
        views = np.lib.stride_tricks.sliding_window_view(tokens, self.window, writeable=True)
        return views[::apart][: self.samples]
