"""Loaders of a person's own files, named `files.x` in a `TorchCall`. Each is given the data folder first."""

__all__: list[str] = []
