"""The metrics, each said once: what it is called, what it means, which way is better, and how its values are written.

Runs name them with the split they were measured on in front: `train_loss`, `validation_accuracy`. A new one is a value
here and a line in `METRICS`. One file, though long: it is a list.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class Metric:
    """`low` and `high` are the ends of the range its values can lie in; None where there is none."""

    name: str  # in runs, behind the split
    title: str
    help: str
    better: Literal["higher", "lower"]
    low: float | None = 0.0
    high: float | None = None
    unit: str = ""
    written: Literal["number", "percent"] = "number"

    def reached(self, value: float, goal: float) -> bool:
        """Whether a value is as good as a goal."""
        return value >= goal if self.better == "higher" else value <= goal

    def described(self) -> dict[str, Any]:
        """What a page needs to show it."""
        return asdict(self)


LOSS = Metric(
    "loss",
    "Loss",
    "How wrong the answers are, as the loss that was chosen counts it: the number that training makes small.",
    "lower",
)
ACCURACY = Metric("accuracy", "Accuracy", "Share of answers that are right.", "higher", 0, 1, "", "percent")
MACRO_F1 = Metric(
    "macro_f1",
    "Macro F1",
    "F1 joins how many of a class are found with how many of those named so are one. This is its mean over the classes,"
    " rare ones counting as much as frequent ones.",
    "higher",
    0,
    1,
    "",
    "percent",
)
PIXEL_ACCURACY = Metric(
    "pixel_accuracy", "Pixel accuracy", "Share of pixels that are right.", "higher", 0, 1, "", "percent"
)
MEAN_IOU = Metric(
    "mean_iou",
    "Mean IoU",
    "Of all pixels that are a class or are said to be, the share that are both; its mean over the classes.",
    "higher",
    0,
    1,
    "",
    "percent",
)
BITS_PER_CHARACTER = Metric(
    "bits_per_character",
    "Bits per character",
    "How many yes-or-no questions each character still costs, on average: how much what comes next surprises it.",
    "lower",
)
PERPLEXITY = Metric(
    "perplexity",
    "Perplexity",
    "Among how many tokens it still hesitates, on average: e to the power of the nats per token. Only networks with the"
    " same tokenizer can be compared by it; bits per character compare all.",
    "lower",
    1,
)
TOKEN_ACCURACY = Metric(
    "token_accuracy",
    "Token accuracy",
    "Share of tokens that the network gives the highest score before it sees them.",
    "higher",
    0,
    1,
    "",
    "percent",
)
MAE = Metric("mae", "MAE", "By how much answers are off, on average.", "lower")
RMSE = Metric(
    "rmse",
    "RMSE",
    "By how much answers are off, where large errors count more: the root of their mean square.",
    "lower",
)
R2 = Metric(
    "r2",
    "R²",
    "Share of the variance of the truth that the answers explain: 1 is perfect, 0 is no better than the mean.",
    "higher",
    None,
    1,
)

COVERAGE = Metric(
    "coverage",
    "Coverage",
    "Share of real samples with a drawn one as near as their five nearest real neighbours. Samples as good as real ones"
    " reach about 97 %; whole kinds that are never drawn are missing in it. Source: Naeem et al. 2020,"
    " arXiv:2002.09797.",
    "higher",
    0,
    1,
    "",
    "percent",
)
ISLANDS = Metric(
    "islands",
    "Islands reached",
    "Share of the islands that are drawn often enough: at least a fifth as often as if all were drawn alike.",
    "higher",
    0,
    1,
    "",
    "percent",
)
ON_ISLANDS = Metric(
    "on_islands",
    "On islands",
    "Share of drawn points that lie within three standard deviations of the middle of an island; of real ones 99 %.",
    "higher",
    0,
    1,
    "",
    "percent",
)
DISTANCE = Metric(
    "distance",
    "Distance",
    "How far drawn samples would have to be moved, on average, to become real ones: the sliced Wasserstein distance.",
    "lower",
)
DISTANCE_RATIO = Metric(
    "distance_ratio",
    "Distance, in halves",
    "The distance between drawn and real samples, divided by that between two halves of the real ones, which differ by"
    " chance alone. About 1 is as good as real.",
    "lower",
    unit="×",
)
MMD = Metric(
    "mmd",
    "MMD",
    "How unlike drawn and real samples are: the squared maximum mean discrepancy, without bias, by gaussians of half,"
    " once and twice the median distance. On average 0 where both come from the same source. Source: Gretton et al."
    " 2012, JMLR 13:723-773.",
    "lower",
    None,
)
MMD_OF_HALVES = Metric(
    "mmd_of_halves",
    "MMD of halves",
    "What the MMD of two halves of the real samples stays below in 19 of 20 splits. Drawn samples with less cannot be"
    " told from real ones by it.",
    "lower",
    None,
)
DIVERSITY = Metric(
    "diversity",
    "Diversity",
    "How different drawn samples are from one another, in units of how different real ones are. Near 0, all are alike.",
    "higher",
)
CONFIDENT = Metric(
    "confident",
    "Sure of a class",
    "Share of drawn samples of whose class the examiner is at least 90 % sure. The examiner is a network that learned"
    " the classes from real samples beforehand. By itself this proves little: the blurred mean of a class passes too.",
    "higher",
    0,
    1,
    "",
    "percent",
)
AS_ASKED = Metric(
    "as_asked",
    "As asked",
    "Share of drawn samples that the examiner takes for the class that was asked for.",
    "higher",
    0,
    1,
    "",
    "percent",
)
CLASSES_REACHED = Metric(
    "classes_reached",
    "Classes reached",
    "Share of the classes that are drawn often enough: at least a fifth as often as if all were drawn alike.",
    "higher",
    0,
    1,
    "",
    "percent",
)
RAREST_CLASS = Metric(
    "rarest_class",
    "Rarest class",
    "Share of drawn samples that belong to the class which is drawn least. Of ten classes drawn alike it is 10 %.",
    "higher",
    0,
    1,
    "",
    "percent",
)
COPIED = Metric(
    "copied",
    "Copied",
    "Share of drawn samples that are copies rather than new: they lie less than half as far from the nearest training"
    " sample as real samples usually do that were held out.",
    "lower",
    0,
    1,
    "",
    "percent",
)
RECONSTRUCTION = Metric(
    "reconstruction",
    "Reconstruction",
    "What is lost of a sample on its way through the code: the loss summed over all of its numbers, in nats.",
    "lower",
    None,
    unit="nats",
)
AUROC = Metric(
    "auroc",
    "AUROC",
    "How well the loss of a sample tells classes that were never learned from the others: the chance that a sample of"
    " those is drawn worse than one of these. 0.5 is guessing.",
    "higher",
    0,
    1,
)
KL = Metric(
    "kl",
    "KL divergence",
    "How much the code tells of a sample, in nats: how far its clouds are from a round one about 0. At 0 it tells"
    " nothing.",
    "lower",
    unit="nats",
)
ACTIVE_UNITS = Metric(
    "active_units",
    "Active units",
    "How many numbers of the code tell anything: the middles of their clouds differ from sample to sample.",
    "higher",
)

# In the order in which a page offers them.
EXACT = Metric(
    "exact",
    "Whole sequences",
    "Share of sequences that are right at every place.",
    "higher",
    0,
    1,
    "",
    "percent",
)
TAUGHT_ACCURACY = Metric(
    "taught_accuracy",
    "Right next token",
    "Share of tokens told rightly when all tokens before are given as they should be (teacher forcing). Writing freely,"
    " the network reads its own tokens, and one mistake may bring others.",
    "higher",
    0,
    1,
    "",
    "percent",
)
WRITTEN_EXACT = Metric(
    "written_exact",
    "Written exactly",
    "Share of texts that the network writes freely, token by token, without a single mistake, and ends where it"
    " should.",
    "higher",
    0,
    1,
    "",
    "percent",
)
OF_PLACES = (EXACT, BITS_PER_CHARACTER, PERPLEXITY, TOKEN_ACCURACY, WRITTEN_EXACT, TAUGHT_ACCURACY)
OF_ANSWERS = (LOSS, ACCURACY, MACRO_F1, MEAN_IOU, PIXEL_ACCURACY, RMSE, MAE, R2, *OF_PLACES)
OF_CODES = (AUROC, RECONSTRUCTION, KL, ACTIVE_UNITS)
EXAMINED = (CONFIDENT, CLASSES_REACHED, RAREST_CLASS, COPIED)
OF_DRAWN = (ISLANDS, ON_ISLANDS, AS_ASKED, *EXAMINED, COVERAGE, DISTANCE_RATIO, DISTANCE, MMD, MMD_OF_HALVES, DIVERSITY)
METRICS = (*OF_ANSWERS, *OF_CODES, *OF_DRAWN)
BY_NAME = {metric.name: metric for metric in METRICS}


def split_of(name: str) -> tuple[str, Metric | None]:
    """The split and the metric of a name in a run; `validation_accuracy` gives `("validation", ACCURACY)`."""
    split, _, rest = name.partition("_")
    return (split, BY_NAME.get(rest)) if split in SPLITS else ("", None)


def of_split(metrics: Mapping[str, float], split: str) -> dict[str, float]:
    """Those of a run's metrics that were measured on one split, by the names of the metrics themselves."""
    begins = f"{split}_"
    return {name.removeprefix(begins): float(value) for name, value in metrics.items() if name.startswith(begins)}
