"""The settings of how the next token is chosen."""

from app.parts.part import setting

TEMPERED = "What the scores are divided by before softmax; 0 takes the likeliest."
TEMPERATURE = setting(1.0, "Temperature", TEMPERED, ge=0, le=5, step=0.05)
UNTEMPERED = setting(0.0, "Temperature", TEMPERED, ge=0, le=5, step=0.05)
TOP_K = setting(None, "Top k", "Chooses among so many of the likeliest tokens only.", ge=1, le=100_000, start=40)
TOP_P = setting(
    1.0,
    "Top p",
    "Chooses among the fewest tokens that are so likely together. Source: Holtzman et al. 2020, arXiv:1904.09751.",
    gt=0,
    le=1,
    step=0.01,
)
MOST_BEAMS = 16
BEAMS = setting(
    None,
    "Beams",
    "Leaves nothing to chance: so many texts are written at once, and after each token the likeliest go on. A single"
    " beam takes the likeliest token each time. Without, tokens are chosen one by one.",
    ge=1,
    le=MOST_BEAMS,
    start=4,
)
