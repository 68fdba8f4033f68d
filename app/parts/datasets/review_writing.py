"""How reviews are written by rule: clauses with a polarity, joined so that one of them decides."""

from typing import Literal, NamedTuple

import numpy as np

Language = Literal["en", "zh"]


class Vocabulary(NamedTuple):
    """The words of a language. `plain` adverbs keep a polarity, `turning` ones turn it round."""

    things: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    plain: tuple[str, ...]
    turning: tuple[str, ...]
    opening: tuple[str, ...]  # says nothing
    closing: tuple[str, ...]  # says nothing
    same: str  # joins two clauses of one polarity
    but: str  # the clause behind it decides
    although: tuple[str, str]  # before the first and the second of two clauses; the second decides
    though: str  # the clause before it decides


WORDS: dict[Language, Vocabulary] = {
    "en": Vocabulary(
        things=("the food is", "the room is", "the service is", "the view is", "the film is", "the staff is",
                "the price is", "the music is"),
        good=("good", "great", "lovely", "fine", "superb", "pleasant", "nice", "excellent"),
        bad=("bad", "awful", "poor", "dreadful", "dull", "horrible", "sad", "terrible"),
        plain=("", "really", "very", "quite"),
        turning=("not", "not really", "never", "hardly"),
        opening=("", "", "we came on sunday ,", "as my friend says ,", "to be honest ,", "after two visits"),
        closing=("", "", "in the old town", "that is all", "for us"),
        same="and", but="but", although=("although", ","), though="even though",
    ),
    "zh": Vocabulary(
        things=("味道", "房间", "服务", "风景", "电影", "员工", "价格", "音乐"),
        good=("不错", "好", "出色", "棒", "令人满意", "精彩", "讨人喜欢", "值得称赞"),
        bad=("不好", "差", "糟糕", "烂", "令人失望", "无聊", "讨人厌", "值得抱怨"),
        plain=("", "真的", "确实", "看来"),
        turning=("谈不上", "算不上", "说不上", "并非"),
        opening=("", "", "周日 去 的 ，", "朋友 说 ，", "说实话 ，", "去 过 两 次 ，"),
        closing=("", "", "就 这样", "对 我们 来说", "这 是 我 的 看法"),
        same="而且", but="但是", although=("虽然", "，"), though="尽管",
    ),
}  # fmt: skip
LONGEST = 23  # words of a review


def written(random: np.random.Generator, language: Language, good: bool) -> str:
    """One review, its words parted by blanks."""
    words = WORDS[language]
    first, second = (_clause(random, words, good), _clause(random, words, not good))
    forms = (
        first,
        f"{first} {words.same} {_clause(random, words, good)}",
        f"{second} {words.but} {first}",
        f"{words.although[0]} {second} {words.although[1]} {first}",
        f"{first} {words.though} {second}",
    )
    whole = f"{_one(random, words.opening)} {_one(random, forms)} {_one(random, words.closing)}"
    return " ".join(whole.split())


def vocabulary(language: Language) -> list[str]:
    """Every word that occurs, in the order of the alphabet."""
    found: set[str] = set()
    for part in WORDS[language]:
        for phrase in (part,) if isinstance(part, str) else part:
            found |= set(phrase.split())
    return sorted(found)


def _clause(random: np.random.Generator, words: Vocabulary, good: bool) -> str:
    turned = random.random() < 0.5
    adverb = _one(random, words.turning if turned else words.plain)
    adjective = _one(random, words.good if good != turned else words.bad)
    return f"{_one(random, words.things)} {adverb} {adjective}"


def _one(random: np.random.Generator, phrases: tuple[str, ...]) -> str:
    return phrases[random.integers(len(phrases))]
