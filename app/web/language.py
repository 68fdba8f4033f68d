"""Which language is asked for, and sentences in it. English stands in the code; Chinese in `locales/zh`."""

import json
from contextlib import suppress
from functools import cache
from typing import Any, Literal

from starlette.requests import HTTPConnection

from app.parts.metrics import split_of
from app.runs.log import received
from app.shipped import shipped
from app.web.filling import filled
from app.web.numbers import metric_written, whole, written

LOCALES = shipped("locales")
Code = Literal["en", "zh"]
CODES: tuple[Code, ...] = ("en", "zh")
TAGS = {"en": "en", "zh": "zh-Hans"}  # what a page says of itself
COOKIE = "language"
# Where the names of parts and shapes stand, which problems mention.
NAMES = (
    "layers",
    "tokenizers",  # before datasets, where "Characters" says how many
    "datasets",
    "losses",
    "optimizers",
    "schedules",
    "initializers",
    "tasks",
    "probes",
    "shapes",
    "metrics",
    "questions",
)


SPLITS = {"train": "Training {metric}", "validation": "Validation {metric}", "test": "Test {metric}"}
# Values of the metric that a sentence names.
OF_METRIC = ("train", "validation", "attainable", "value", "before", "now")


class Language:
    """Sentences of one language: `{context: {English: translated}}`."""

    def __init__(self, code: Code, sentences: dict[str, dict[str, str]]) -> None:
        self.code = code
        self.tag = TAGS[code]
        self.sentences = sentences
        self.chinese = code == "zh"

    def t(self, context: str, sentence: str, **values: Any) -> str:
        """The sentence in this language with its values; English where no translation is known."""
        template = self.sentences.get(context, {}).get(sentence, sentence)
        try:
            told = {name: self._written(value) for name, value in values.items()}
            return filled(template, told, chinese=self.chinese)
        except (KeyError, IndexError, ValueError):
            return template  # a sentence that is no template: a help text with braces

    def told(self, sentence: dict[str, Any]) -> str:
        """A sentence of a run; the metric that it names, and values of it, are written in words."""
        values = dict(sentence.get("values", {}))
        metric = str(values.get("metric", ""))
        if split_of(metric)[0]:
            for name in OF_METRIC:
                if name in values:
                    values[name] = metric_written(metric, received(values[name]), chinese=self.chinese)
            values["metric"] = self.metric(metric)
        return self.t("doctor", sentence["template"], **values)

    def metric(self, name: str) -> str:
        """The name of a metric in words: `validation_macro_f1` is "Validation macro F1"."""
        split, metric = split_of(name)
        if not split:
            return name
        title = self.t("metrics", metric.title) if metric else name.removeprefix(f"{split}_")
        return self.t("doctor", SPLITS[split], metric=_within(title))

    def problem(self, sentence: str, **values: Any) -> str:
        """A sentence of a problem or its fix; a value that is the name of a part or a shape is translated too."""
        named = {key: self._name(value) if isinstance(value, str) else value for key, value in values.items()}
        return self.t("problems", sentence, **named)

    def _written(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return whole(value)
        return written(value, chinese=self.chinese) if isinstance(value, float) else value

    def _name(self, value: str) -> str:
        contexts = (self.sentences.get(context, {}) for context in NAMES)
        return next((context[value] for context in contexts if value in context), value)


@cache
def language(code: Code) -> Language:
    """A language, read once."""
    folder = LOCALES / code
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return Language(code, {file.stem: json.loads(file.read_text("utf-8")) for file in files})


def language_of(request: HTTPConnection) -> Language:
    """The language a request asks for: `?language=`, then the cookie, then Accept-Language."""
    for asked in (request.query_params.get("language"), request.cookies.get(COOKIE)):
        found = _known(asked or "")
        if found:
            return language(found)
    return language(_preferred(request.headers.get("accept-language", "")))


def _known(tag: str) -> Code | None:
    primary = tag.strip().lower().partition("-")[0]
    return next((code for code in CODES if code == primary), None)


def _preferred(header: str) -> Code:
    ranked: list[tuple[float, int, Code]] = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.partition(";q=")
        code = _known(tag)
        with suppress(ValueError):
            if code:
                ranked.append((-float(weight or 1), place, code))
    return min(ranked)[2] if ranked else "en"


def _within(title: str) -> str:
    """A title within a sentence: "Loss" is "loss" there, but "RMSE" stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
