"""The beginning of a text, as a language model reads it."""

from app.parts.datasets.text import UNKNOWN, Text
from app.parts.problem import Problem
from app.runs.folder import RunFolder
from app.training.asking.trained import entrance_of
from app.training.tokenizers import tokens_of


def beginning_of(folder: RunFolder, dataset: Text, text: str) -> tuple[list[int], list[str]]:
    """The token numbers of a text, or of the prompt where it is empty, and how every token is written. Raises `Problem`
    where it holds letters that no token has."""
    entrance = entrance_of(folder.path)
    tokens = entrance.vocabulary(dataset)
    beginning = text or dataset.prompt
    strange = sorted(set(beginning) - set(tokens))
    if strange and dataset.vocabulary() and UNKNOWN not in tokens:
        raise Problem("The network has never seen {letters}.", place="/text", letters=" ".join(map(repr, strange[:10])))
    return tokens_of(dataset, entrance, beginning).tolist(), tokens
