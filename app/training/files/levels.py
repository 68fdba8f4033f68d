"""Which folders of a zip are the classes: those at one level, counted from the top."""

from typing import Any

from app.parts.problem import Problem

# Folders that say what pictures are for, not what is on them.
SPLITS = {"train", "training", "test", "testing", "val", "valid", "validation", "dev", "训练", "测试", "验证"}
MOST_SHOWN = 6  # names of one level


def levels_of(folders: list[tuple[str, ...]]) -> list[dict[str, Any]]:
    """The levels at which pictures lie in at least two different folders, the topmost first.

    `folders` are those that each picture lies in. A level that some pictures do not reach is none; nor is one whose
    folders are called train and test. Each says its number, its first names and how many names there are.
    """
    inside = [parts for parts in folders if parts]
    depth = min(map(len, inside), default=0)
    found: list[dict[str, Any]] = []
    for level in range(depth):
        names = list(dict.fromkeys(parts[level] for parts in inside))
        if len(names) > 1 and not {name.lower() for name in names} <= SPLITS:
            found.append({"level": level, "names": names[:MOST_SHOWN], "count": len(names)})
    return found


def chosen_level(levels: list[dict[str, Any]], said: int | None) -> int | None:
    """The level that a person says, else the topmost; None where there is none: then the innermost folder counts."""
    if said is None:
        return levels[0]["level"] if levels else None
    if said not in [level["level"] for level in levels]:
        raise Problem(
            "The folders at level {level} are not the same for all pictures. Possible levels: {levels}.",
            place="/reading/level",
            level=said,
            levels=", ".join(str(level["level"]) for level in levels) or "–",
        )
    return said


def label_of(parts: tuple[str, ...], level: int | None) -> str:
    """The class of a picture that lies in these folders; empty where it lies in none."""
    if not parts:
        return ""
    return parts[-1] if level is None else parts[level]
