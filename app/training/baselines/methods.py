"""The methods without depth that a network is compared with, the simplest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

NEIGHBOURS = 5
TREES = 100
CANDIDATES: Any = "sqrt"  # inputs that a tree weighs for each of its questions; all of a picture's would take minutes
ROUNDS = 300  # of logistic regression; its solver seldom needs as many


@dataclass(frozen=True)
class Method:
    """`make(seed, samples)` gives an untrained scikit-learn estimator. `sees` says whether it looks at its inputs,
    `scaled` whether it compares distances or weights, so that every input has to count alike."""

    kind: str
    title: str
    help: str
    make: Callable[[int, int], Any]
    sees: bool = True
    scaled: bool = True
    classes: int = 1  # that the training samples must have at least


CLASSIFIERS = (
    Method(
        "most_frequent",
        "Always the same answer",
        "Says the class that is most frequent among the training samples, whatever it is given.",
        lambda _seed, _samples: DummyClassifier(strategy="most_frequent"),
        sees=False,
    ),
    Method(
        "logistic_regression",
        "Logistic regression",
        "A straight boundary between each two classes: a network without a hidden layer.",
        lambda _seed, _samples: LogisticRegression(max_iter=ROUNDS),
        classes=2,
    ),
    Method(
        "nearest_neighbours",
        "Nearest neighbours",
        "Asks the five most similar training samples and takes the class that most of them have.",
        lambda _seed, samples: KNeighborsClassifier(min(NEIGHBOURS, samples)),
    ),
    Method(
        "random_forest",
        "Random forest",
        "A hundred decision trees, each of which asks one input after another; the mean of their probabilities counts.",
        lambda seed, _samples: RandomForestClassifier(TREES, random_state=seed),
        scaled=False,
    ),
)
REGRESSORS = (
    Method(
        "mean",
        "Always the same answer",
        "Says the mean of the training samples, whatever it is given.",
        lambda _seed, _samples: DummyRegressor(strategy="mean"),
        sees=False,
    ),
    Method(
        "linear_regression",
        "Linear regression",
        "The best weighted sum of the inputs: a network of a single neuron without activation.",
        lambda _seed, _samples: LinearRegression(),
    ),
    Method(
        "nearest_neighbours",
        "Nearest neighbours",
        "Asks the five most similar training samples and takes the mean of their numbers.",
        lambda _seed, samples: KNeighborsRegressor(min(NEIGHBOURS, samples)),
    ),
    Method(
        "random_forest",
        "Random forest",
        "A hundred decision trees, each of which asks one input after another; the mean of their numbers counts.",
        lambda seed, _samples: RandomForestRegressor(TREES, max_features=CANDIDATES, random_state=seed),
        scaled=False,
    ),
)
