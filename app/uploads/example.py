"""A table to try things out with: passengers of a ship that never was, some of whom were saved. Made by a rule."""

import csv
import random
from datetime import date, timedelta
from functools import cache
from io import StringIO
from math import exp

ROWS = 900
COLUMNS = (
    "name",
    "class",
    "sex",
    "age",
    "siblings",
    "fare",
    "port",
    "boarded",
    "lifeboat",
    "survived",
)
FIRST_NAMES = {
    "female": (
        "Ada",
        "Beatriz",
        "Chen Mei",
        "Dorothea",
        "Elin",
        "Fatima",
        "Grace",
        "Hanna",
        "Ines",
        "Jadwiga",
        "Keiko",
    ),
    "male": ("Arthur", "Bruno", "Cai Jun", "Dmitri", "Emil", "Farid", "George", "Henrik", "Ivo", "José", "Kenji"),
}
LAST_NAMES = (
    "Almeida",
    "Berg",
    "Chen",
    "Dubois",
    "Eriksen",
    "Farkas",
    "Green",
    "Hoffmann",
    "Ito",
    "Jansen",
    "Kowalska",
)
PORTS = {"Porto": 0.55, "Cork": 0.25, "Bergen": 0.2}
PRICES = {1: 80.0, 2: 24.0, 3: 10.0}  # of a bed
FIRST_DAY = date(1913, 4, 2)


@cache
def passengers() -> str:
    """The table as CSV, always the same one.

    Who is saved follows from sex, class and age, and from luck; who was in a lifeboat was saved, so that column tells
    what nobody knew before.
    """
    chance = random.Random(1913)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _ in range(ROWS):
        writer.writerow(_passenger(chance))
    return text.getvalue()


def _passenger(chance: random.Random) -> list[object]:
    place = chance.choices((1, 2, 3), (0.25, 0.2, 0.55))[0]
    sex = chance.choices(("male", "female"), (0.63, 0.37))[0]
    child = chance.random() < 0.12
    age = chance.uniform(0.5, 14) if child else min(max(chance.gauss(38 - 4 * place, 12), 15), 76)
    siblings = chance.choices((0, 1, 2, 3, 4), (0.66, 0.2, 0.07, 0.05, 0.02))[0]
    port = chance.choices(tuple(PORTS), tuple(PORTS.values()))[0]
    boarded = FIRST_DAY + timedelta(days=chance.randrange(9))
    fare = PRICES[place] * chance.lognormvariate(0, 0.35) * (0.5 if child else 1.0)
    saved = chance.random() < _share_saved(place, sex, age, siblings)
    boat = chance.random() < (0.985 if saved else 0.01)
    return [
        f"{chance.choice(LAST_NAMES)}, {chance.choice(FIRST_NAMES[sex])}",
        place,
        sex,
        "" if chance.random() < 0.2 else f"{age:.0f}" if age >= 1 else f"{age:.1f}",
        siblings,
        f"{fare:.2f}",
        "" if chance.random() < 0.005 else port,
        boarded.isoformat(),
        chance.randint(1, 16) if boat else "",
        int(saved),
    ]


def _share_saved(place: int, sex: str, age: float, siblings: int) -> float:
    """Women and children first, and the upper decks were nearer to the boats."""
    odds = 4.2 * (sex == "female") - 1.4 * (place - 1) - 0.5 * max(siblings - 1, 0) - 0.5
    odds += 3.1 if age < 12 else -0.015 * (age - 30)
    return 1 / (1 + exp(-odds))
