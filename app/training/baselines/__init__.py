"""Baselines: what can be reached without a deep network, so that depth has something to beat."""

from app.training.baselines.comparing import baselines

__all__ = ["baselines"]
