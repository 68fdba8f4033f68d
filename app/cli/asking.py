"""Asking a run's network from the command line, with or without a server."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.documents import Unusable
from app.cli.language import OUT, t
from app.cli.sheet import sheet
from app.executors.local import LocalExecutor
from app.parts.questions import Question
from app.runs.folder import RunFolder
from app.settings import Settings
from app.web.replies import STAY, Pieces


def ask(folder: RunFolder, question: Question, settings: Settings, png: Path | None = None) -> None:
    """Prints a reply as it comes: a text as it is, everything else as JSON, a line for each part. With `png`, its
    samples are written there as a sheet of pictures instead.

    Raises `Problems` where the question cannot be answered, `Unanswered` where it takes too long, `Unusable` where a
    sheet is wanted of what is no picture, or cannot be written.
    """
    parts: list[dict[str, Any]] = []
    asyncio.run(_ask(folder, question, settings, _print if png is None else parts.append))
    if png is not None:
        _write_sheet(png, [sample for part in parts for sample in part.get("samples", ())])


def _write_sheet(file: Path, samples: list[Any]) -> None:
    try:
        picture = sheet(samples)
    except ValueError:
        raise Unusable(t("What it replies is no picture, so it cannot be written as PNG.")) from None
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise Unusable(t("{file} cannot be written: {why}.", file=file, why=error.strerror or error)) from None
    told = t("{count} samples are drawn in {file}.", count=len(samples), file=file)
    OUT.print(told, markup=False, highlight=False, soft_wrap=True)


async def _ask(
    folder: RunFolder, question: Question, settings: Settings, take: Callable[[dict[str, Any]], bool | None]
) -> None:
    executor, reading, open_line = LocalExecutor(settings.data), Pieces(folder.id, question), False
    key = f"command line\nask {folder.id}"  # whoever answers reaches that one run
    try:
        while not reading.ended:
            answer = await executor.ask(reading.next(), key, stay=STAY, owner="command line")
            for part in reading.take(answer)["parts"]:
                open_line = take(part)
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
