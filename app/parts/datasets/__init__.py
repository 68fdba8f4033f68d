"""The datasets, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.datasets.adding import Adding
from app.parts.datasets.blobs import Blobs
from app.parts.datasets.breast_cancer import BreastCancer
from app.parts.datasets.checkerboard import Checkerboard
from app.parts.datasets.cifar10 import Cifar10
from app.parts.datasets.circle import Circle
from app.parts.datasets.counting import Counting
from app.parts.datasets.curve import Curve
from app.parts.datasets.dataset import Dataset
from app.parts.datasets.dates_in_words import DatesInWords
from app.parts.datasets.diabetes import Diabetes
from app.parts.datasets.digits import Digits
from app.parts.datasets.drawn_face_parts import DrawnFaceParts
from app.parts.datasets.drawn_faces import DrawnFaces
from app.parts.datasets.ecg import Ecg
from app.parts.datasets.faces import Faces
from app.parts.datasets.gaussians import Gaussians
from app.parts.datasets.iris import Iris
from app.parts.datasets.islands import Islands
from app.parts.datasets.mackey_glass import MackeyGlass
from app.parts.datasets.majority import Majority
from app.parts.datasets.mandarin_tones import MandarinTones
from app.parts.datasets.mnist import Mnist
from app.parts.datasets.moons import Moons
from app.parts.datasets.multi_gaussian import MultiGaussian
from app.parts.datasets.numbers_in_words import NumbersInWords
from app.parts.datasets.own_pictures import OwnPictures
from app.parts.datasets.own_series import OwnSeries
from app.parts.datasets.own_table import OwnTable
from app.parts.datasets.own_text import OwnText
from app.parts.datasets.parity import Parity
from app.parts.datasets.plane import Plane
from app.parts.datasets.points import Points
from app.parts.datasets.puzzles import Puzzles
from app.parts.datasets.python_source import PythonSource
from app.parts.datasets.repeating import Repeating
from app.parts.datasets.reviews import Reviews
from app.parts.datasets.shape_masks import ShapeMasks
from app.parts.datasets.shapes import Shapes
from app.parts.datasets.sines import Sines
from app.parts.datasets.spiral import Spiral
from app.parts.datasets.stories import Stories
from app.parts.datasets.strange_words import StrangeWords
from app.parts.datasets.vowels import Vowels
from app.parts.datasets.wine import Wine
from app.parts.datasets.xor import Xor

DATASETS = (
    Gaussians,
    Circle,
    Xor,
    Moons,
    Spiral,
    Checkerboard,
    Blobs,
    Islands,
    Points,
    Plane,
    MultiGaussian,
    Curve,
    Iris,
    Wine,
    BreastCancer,
    Diabetes,
    Digits,
    Faces,
    Shapes,
    ShapeMasks,
    DrawnFaces,
    DrawnFaceParts,
    Ecg,
    Vowels,
    MandarinTones,
    MackeyGlass,
    Sines,
    Adding,
    Majority,
    Parity,
    Counting,
    Repeating,
    Puzzles,
    DatesInWords,
    NumbersInWords,
    Reviews,
    StrangeWords,
    PythonSource,
    Stories,
    Mnist,
    Cifar10,
    OwnTable,
    OwnPictures,
    OwnText,
    OwnSeries,
)
AnyDataset = choice_of(DATASETS)

__all__ = ["DATASETS", "AnyDataset", "Dataset"]
