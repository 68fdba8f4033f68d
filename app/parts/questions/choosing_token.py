"""The settings of how a language model's next token is chosen."""

from app.parts.part import setting

TEMPERATURE = setting(
    1.0, "Temperature", "What the scores are divided by before softmax; 0 takes the likeliest.", ge=0, le=5, step=0.05
)
TOP_K = setting(None, "Top k", "Chooses among so many of the likeliest tokens only.", ge=1, le=100_000, start=40)
TOP_P = setting(
    1.0,
    "Top p",
    "Chooses among the fewest tokens that are so likely together. Source: Holtzman et al. 2020, arXiv:1904.09751.",
    gt=0,
    le=1,
    step=0.01,
)
