"""How stories are written by rule, and how many bits that takes: every choice is even, and can be read off the text."""

import re
from collections.abc import Mapping
from math import log2
from typing import Literal, NamedTuple

import numpy as np

Language = Literal["en", "zh"]
SLOT = re.compile(r"{(\w+)}")
MIDDLES = (1, 2, 3)  # how many sentences stand between the first and the last


class Rules(NamedTuple):
    """`kept` slots are filled once for a whole story, `fresh` ones anew in each sentence. `bound` ones follow from the
    choice of a kept one: `{"he": ("who", (…))}`, one for each of its values."""

    opening: str
    middle: str
    closing: str
    kept: Mapping[str, tuple[str, ...]]
    fresh: Mapping[str, tuple[str, ...]]
    bound: Mapping[str, tuple[str, tuple[str, ...]]]


RULES: dict[Language, Rules] = {
    "en": Rules(
        opening="{who} lived {place} and had a {colour} {animal}. ",
        middle="every {day} {he} {did} with the {animal}{mood}. ",
        closing="but one {day} the {animal} {event}, and {who} {felt}.\n",
        kept={
            "who": ("tom", "anna", "peter", "mary", "old jack", "little rose", "the baker", "the queen"),
            "place": ("by the sea", "in a small town", "near the forest", "on a hill"),
            "colour": ("red", "black", "white", "brown"),
            "animal": ("dog", "cat", "horse", "bird", "donkey", "goose", "rabbit", "fox"),
        },
        fresh={
            "day": ("morning", "evening", "monday", "sunday"),
            "did": ("played", "walked to the market", "went to the river", "talked"),
            "mood": ("", " and laughed", " and sang a song", " until it was dark"),
            "event": ("ran away", "fell asleep", "found a gold coin", "began to speak"),
            "felt": ("was very happy", "cried all night", "did not believe it", "told everybody"),
        },
        bound={"he": ("who", ("he", "she", "he", "she", "he", "she", "he", "she"))},
    ),
    "zh": Rules(
        opening="{who}住在{place}，养了一只{colour}{animal}。",
        middle="每到{day}，{he}都和{animal}{did}{mood}。",
        closing="可是有一个{day}，{animal}{event}，{who}{felt}。\n",
        kept={
            "who": ("小明", "小红", "老王", "阿婆", "渔夫", "公主", "铁匠", "姑娘"),
            "place": ("海边", "小镇上", "森林旁", "山坡上"),
            "colour": ("红", "黑", "白", "棕"),
            "animal": ("狗", "猫", "马驹", "鸟", "驴子", "鹅", "兔子", "狐狸"),
        },
        fresh={
            "day": ("清晨", "傍晚", "周一", "周日"),
            "did": ("玩耍", "去赶集", "到河边散步", "聊天"),
            "mood": ("", "，笑个不停", "，唱起歌来", "，直到天黑"),
            "event": ("跑丢了", "睡着了", "捡到一枚金币", "开口说话"),
            "felt": ("非常高兴", "哭了一整夜", "不敢相信", "告诉了所有人"),
        },
        bound={"he": ("who", ("他", "她", "他", "她", "他", "她", "他", "她"))},
    ),
}


def story(random: np.random.Generator, language: Language) -> str:
    """One story, ended by a line break."""
    rules = RULES[language]
    numbers = {slot: int(random.integers(len(values))) for slot, values in rules.kept.items()}
    kept = {slot: values[numbers[slot]] for slot, values in rules.kept.items()}
    kept |= {slot: values[numbers[owner]] for slot, (owner, values) in rules.bound.items()}
    count = MIDDLES[random.integers(len(MIDDLES))]

    def filled(sentence: str) -> str:
        fresh = {slot: values[random.integers(len(values))] for slot, values in rules.fresh.items()}
        return sentence.format(**kept, **fresh)

    return "".join(map(filled, (rules.opening, *[rules.middle] * count, rules.closing)))


def entropy(language: Language) -> float:
    """Bits per letter: those of all choices of a story over its letters, both in the mean. Nobody who knows the rules
    needs more, and nobody can do with less."""
    rules = RULES[language]
    middles = sum(MIDDLES) / len(MIDDLES)
    parts = ((rules.opening, 1.0), (rules.middle, middles), (rules.closing, 1.0))
    bits = sum(log2(len(values)) for values in rules.kept.values()) + log2(len(MIDDLES))
    bits += sum(times * sum(log2(len(rules.fresh[slot])) for slot in SLOT.findall(part) if slot in rules.fresh)
                for part, times in parts)  # fmt: skip
    return bits / sum(times * _length(part, rules) for part, times in parts)


def letters(language: Language) -> list[str]:
    """Every letter that occurs, the line break first."""
    rules = RULES[language]
    texts = [SLOT.sub("", part) for part in (rules.opening, rules.middle, rules.closing)]
    texts += [value for values in (*rules.kept.values(), *rules.fresh.values()) for value in values]
    texts += [value for _, values in rules.bound.values() for value in values]
    return sorted(set("".join(texts)))


def _length(part: str, rules: Rules) -> float:
    """The mean number of letters of a sentence."""
    values = {**rules.kept, **rules.fresh, **{slot: some for slot, (_, some) in rules.bound.items()}}
    means = {slot: sum(map(len, some)) / len(some) for slot, some in values.items()}
    return len(SLOT.sub("", part)) + sum(means[slot] for slot in SLOT.findall(part))
