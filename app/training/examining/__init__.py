"""What looks at drawn pictures with the eyes of a network that learned their classes from real ones."""

from app.training.examining.examination import FAIR, MOST_PAIRED, Examination
from app.training.examining.examiner import Examiner
from app.training.examining.keeping import EXAMINERS, examiner_of, keep_examiner

__all__ = ["EXAMINERS", "FAIR", "MOST_PAIRED", "Examination", "Examiner", "examiner_of", "keep_examiner"]
