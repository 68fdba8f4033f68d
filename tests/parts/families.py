"""The ten families: the list of each, an example to vary, and what its parts build or give, to be compared."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from app.parts import (
    datasets,
    initializers,
    layers,
    losses,
    optimizers,
    probes,
    questions,
    schedules,
    tasks,
    tokenizers,
)
from app.parts.datasets.adding import Adding
from app.parts.datasets.cifar10 import Cifar10
from app.parts.datasets.dates_in_words import DatesInWords
from app.parts.datasets.drawn_face_parts import DrawnFaceParts
from app.parts.datasets.drawn_faces import ANSWERS, DrawnFaces
from app.parts.datasets.ecg import Ecg
from app.parts.datasets.forms import FORMS
from app.parts.datasets.labelled import COLOUR_NAMES
from app.parts.datasets.mackey_glass import MackeyGlass
from app.parts.datasets.mandarin_tones import MandarinTones
from app.parts.datasets.mnist import Mnist
from app.parts.datasets.numbers_in_words import NumbersInWords
from app.parts.datasets.own_pictures import OwnPictures
from app.parts.datasets.own_series import OwnSeries
from app.parts.datasets.own_table import OwnTable
from app.parts.datasets.own_text import OwnText
from app.parts.datasets.points import Points
from app.parts.datasets.puzzles import Puzzles
from app.parts.datasets.python_source import PythonSource
from app.parts.datasets.real import RealSet
from app.parts.datasets.repeating import Repeating
from app.parts.datasets.reviews import Reviews
from app.parts.datasets.shape_masks import ShapeMasks
from app.parts.datasets.shapes import Shapes
from app.parts.datasets.sines import Sines
from app.parts.datasets.stories import Stories
from app.parts.datasets.strange_words import StrangeWords
from app.parts.datasets.vowels import Vowels
from app.parts.layers.attention import Attention
from app.parts.layers.branches import Branches
from app.parts.layers.decoder_block import DecoderBlock
from app.parts.layers.gru import Gru
from app.parts.layers.lstm import Lstm
from app.parts.layers.permute import Permute
from app.parts.layers.rnn import Rnn
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.optimizers.lbfgs import LBFGS
from app.parts.optimizers.sgd import Sgd
from app.parts.part import Part
from app.parts.schedules.cosine_restarts import CosineRestarts
from app.parts.schedules.cyclic import Cyclic
from app.parts.schedules.multi_step import MultiStep
from app.parts.schedules.plateau import Plateau
from app.parts.schedules.step import Step
from app.parts.shapes import Features, Tokens
from app.parts.tokenizers.byte_pairs import BytePairs
from app.parts.tokenizers.characters import Characters
from app.parts.tokenizers.words import Words
from app.parts.torch_call import TorchCall
from tests.parts import outcomes, own_files

DRAWN = Points(
    points=[(x, y, int(x * y > 0) + int(x > 4)) for x in (-5, -4, -3, -2, -1, 1, 2, 3, 4.5, 5) for y in range(-5, 6)]
)
EXAMPLES: dict[type[Part], Part] = {  # where a setting would have nothing to do in the part's own defaults
    Points: DRAWN,
    **{drawn: drawn(samples=100) for drawn in (Shapes, ShapeMasks, DrawnFaces, DrawnFaceParts, Ecg)},  # soon
    **{
        dataset: dataset(samples=100)
        for dataset in (
            Adding,
            MackeyGlass,
            Sines,
            Vowels,
            MandarinTones,
            Repeating,
            Puzzles,
            DatesInWords,
            NumbersInWords,
            Reviews,
            StrangeWords,
            PythonSource,
            Stories,
        )
    },
    Branches: Branches.model_validate({"branches": [{}, {"layers": [{"kind": "tanh"}]}]}),
    Permute: Permute(dims=[1, 3, 2]),
    **{recurrent: recurrent(units=3, num_layers=2) for recurrent in (Rnn, Lstm, Gru)},  # something for dropout between
    **{
        attending: attending(heads=2) for attending in (Attention, TransformerBlock, DecoderBlock)
    },  # rotary turns pairs
    Sgd: Sgd(momentum=0.9),  # gives Nesterov's momentum something to look along
    LBFGS: LBFGS(lr=0.1, max_iter=2, history_size=2),  # not at its goal before a setting matters
    MultiStep: MultiStep(milestones=[10, 20]),
    Step: Step(every=10),
    CosineRestarts: CosineRestarts(period=10),
    Cyclic: Cyclic(climb=5, fall=8),
    Plateau: Plateau(patience=2),
    Characters: Characters(size=20),  # fewer than there are
    BytePairs: BytePairs(size=100),
    Words: Words(size=20),
}


OWN_FILES = (Mnist, Cifar10, OwnTable, OwnSeries, OwnText, OwnPictures)  # nothing can be made of them without files


def example(part: type[Part]) -> Any:
    """A part of this kind in which every setting has something to do."""
    return placed(EXAMPLES.get(part) or (own_files.examples()[part] if part in OWN_FILES else part.model_validate({})))


def placed(part: Part) -> Any:
    """The part; a layer that reads a side, where there is one."""
    return part.beside(outcomes.SIDES) if isinstance(part, layers.Layer) and part.reads else part


@dataclass(frozen=True)
class Family:
    """`calls` gives a part's PyTorch calls, `made` what comes of a call and of a way to run it; `gives` says what a
    setting changes. All three give plain values, equal only where training would be."""

    module: ModuleType
    gives: Callable[[Any], Any]
    calls: Callable[[Any], list[TorchCall | None]] = lambda part: []
    made: Callable[[Any, TorchCall, outcomes.Way], Any] = lambda part, call, way: None
    groups: frozenset[str] = frozenset({""})
    promises_formulas: bool = True
    also_said: set[str] = field(default_factory=set[str])

    @property
    def name(self) -> str:
        """Its folder, and the name of its Chinese."""
        return self.module.__name__.rpartition(".")[2]

    @property
    def parts(self) -> tuple[type[Part], ...]:
        """Its list."""
        return getattr(self.module, self.name.upper())


def _said_of_datasets() -> set[str]:
    said = {*COLOUR_NAMES, *FORMS, *(name for names in ANSWERS.values() for name in names)}
    for dataset in map(example, datasets.DATASETS):
        if not isinstance(dataset.target(), Features | Tokens) and type(dataset).group != "own":
            said |= {name for name in dataset.target().names if not name.isdecimal()}
        if isinstance(dataset, RealSet):
            said |= set(dataset.input_names())
    return said


FAMILIES = (
    Family(
        datasets,
        gives=outcomes.arrays_of,
        calls=lambda dataset: [dataset.source()],
        made=outcomes.set_made,
        groups=frozenset({"plane", "line", "table", "picture", "series", "text", "sequence", "own"}),
        promises_formulas=False,
        also_said=_said_of_datasets(),
    ),
    Family(
        tasks,
        gives=repr,
        promises_formulas=False,
    ),
    Family(
        layers,
        gives=outcomes.module_of,
        calls=outcomes.modules_of,
        made=outcomes.module_made,
        groups=frozenset(
            {
                "dense",
                "sequence",
                "convolution",
                "pooling",
                "activation",
                "normalisation",
                "regularisation",
                "shape",
                "structure",
            }
        ),
    ),
    Family(losses, gives=outcomes.cost_of, calls=lambda loss: [loss.module()], made=outcomes.loss_made),
    Family(
        optimizers, gives=outcomes.weights_of, calls=lambda optimizer: [optimizer.call()], made=outcomes.optimizer_made
    ),
    Family(
        schedules,
        gives=outcomes.curve_of,
        calls=lambda schedule: [schedule.torch_equivalent(outcomes.EPOCHS)],
        made=outcomes.scheduler_made,
    ),
    Family(
        initializers, gives=outcomes.start_of, calls=lambda initializer: [initializer.call()], made=outcomes.start_made
    ),
    Family(probes, gives=repr, promises_formulas=False),
    Family(questions, gives=repr, promises_formulas=False),
    Family(tokenizers, gives=outcomes.learned_of, promises_formulas=False),
)
