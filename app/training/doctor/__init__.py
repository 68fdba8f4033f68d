"""What a run says of itself."""

from app.training.doctor.doctor import Doctor
from app.training.doctor.verdict import Verdict

__all__ = ["Doctor", "Verdict"]
