"""Pictures as they are stored once they were read: small, in order of arrival, each with its class."""

from dataclasses import dataclass, field
from io import BytesIO

import numpy as np

from app.parts.datasets.dataset import Array
from app.runs.folder import write_whole
from app.uploads.folder import UploadFolder


@dataclass
class PictureShelf:
    """Pictures of different sizes in one row of bytes. Added ones stand behind, so old documents stay true."""

    names: list[str] = field(default_factory=list[str])  # of the classes, by number
    channels: int = 1  # 3 once there was a coloured one
    pixels: Array = field(default_factory=lambda: np.zeros(0, np.uint8))
    sizes: Array = field(default_factory=lambda: np.zeros((0, 2), np.int32))  # height and width of each picture
    classes: Array = field(default_factory=lambda: np.zeros(0, np.int32))

    def __post_init__(self) -> None:
        self._measure()

    @classmethod
    def of(cls, folder: UploadFolder) -> "PictureShelf | None":
        """What is stored in an upload's folder, if anything is."""
        try:
            with np.load(folder.pictures_file) as file:
                stored = {name: file[name] for name in ("names", "channels", "pixels", "sizes", "classes")}
        except FileNotFoundError:
            return None
        names, channels = stored.pop("names").tolist(), int(stored.pop("channels"))
        return cls(names, channels, **stored)

    def save(self, folder: UploadFolder) -> None:
        """Stores it in place of what stood there."""
        file = BytesIO()
        np.savez(
            file,
            names=np.array(self.names, np.str_),
            channels=np.array(self.channels),
            pixels=self.pixels,
            sizes=self.sizes,
            classes=self.classes,
        )
        write_whole(folder.pictures_file, file.getvalue(), lasting=True)

    def add(self, pictures: list[tuple[str, Array]]) -> None:
        """Puts pictures (height, width, 1 or 3) uint8 behind the others, each with the name of its class."""
        if self.channels == 1 and any(picture.shape[2] == 3 for _, picture in pictures):
            self.channels, self.pixels = 3, np.repeat(self.pixels, 3)
        for name in dict.fromkeys(name for name, _ in pictures):
            if name not in self.names:
                self.names.append(name)
        flat = [np.repeat(picture, self.channels // picture.shape[2], axis=2).ravel() for _, picture in pictures]
        self.pixels = np.concatenate([self.pixels, *flat])
        self.sizes = np.concatenate([self.sizes, [picture.shape[:2] for _, picture in pictures]]).astype(np.int32)
        numbers = [self.names.index(name) for name, _ in pictures]
        self.classes = np.concatenate([self.classes, numbers]).astype(np.int32)
        self._measure()

    def picture(self, row: int) -> Array:
        """One picture (height, width, channels) uint8."""
        start, end = self._ends[row : row + 2]
        return self.pixels[start:end].reshape(*self.sizes[row], self.channels)

    def rows_of(self, name: str) -> Array:
        """The row numbers of a class, in the order of arrival."""
        return np.flatnonzero(self.classes == self.names.index(name)) if name in self.names else np.zeros(0, int)

    def counts(self) -> list[tuple[str, int]]:
        """The classes with the number of their pictures."""
        return [(name, len(self.rows_of(name))) for name in self.names]

    def _measure(self) -> None:
        """Where each picture ends in the row of bytes."""
        self._ends: Array = np.cumsum([0, *(self.sizes.prod(axis=1) * self.channels)], dtype=np.int64)
