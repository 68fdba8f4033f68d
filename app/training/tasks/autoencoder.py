"""What an autoencoder computes."""

from app.training.tasks.reconstructing import ReconstructingWork


class AutoencoderWork(ReconstructingWork):
    """The decoder reads the code alone."""
