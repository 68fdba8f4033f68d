"""Asking a run's network from the command line, with or without a server."""

import asyncio
import json
from typing import Any

from app.cli.language import OUT
from app.executors.local import LocalExecutor
from app.parts.questions import Question
from app.runs.folder import RunFolder
from app.settings import Settings
from app.web.replies import STAY, Pieces


def ask(folder: RunFolder, question: Question, settings: Settings) -> None:
    """Prints a reply as it comes: a text as it is, everything else as JSON, a line for each part.

    Raises `Problems` where the question cannot be answered, `Unanswered` where it takes too long.
    """
    asyncio.run(_ask(folder, question, settings))


async def _ask(folder: RunFolder, question: Question, settings: Settings) -> None:
    executor, reading, open_line = LocalExecutor(settings.data), Pieces(folder.id, question), False
    key = f"command line\nask {folder.id}"  # whoever answers reaches that one run
    try:
        while not reading.ended:
            answer = await executor.ask(reading.next(), key, stay=STAY, owner="command line")
            for part in reading.take(answer)["parts"]:
                open_line = _print(part)
    finally:
        await executor.close()
    if open_line:
        OUT.print()


def _print(part: dict[str, Any]) -> bool:
    """Whether the line stays open."""
    if part.keys() == {"text"}:
        OUT.print(part["text"], end="", markup=False, highlight=False, soft_wrap=True)
        return True
    OUT.print(json.dumps(part, ensure_ascii=False), markup=False, highlight=False, soft_wrap=True)
    return False
