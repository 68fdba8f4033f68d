"""At which steps something is recorded: pure functions of the step, dense at first, then so many to each doubling."""

DENSE_MEASURES = 1024  # every step is measured up to here; about 500 to each doubling behind it
EVALUATIONS = 32  # every step up to here, then so many to each doubling
FRAMES = 8  # all of the first 8, then 4 to each doubling
FIRST_CHECKPOINT = 16


def measure_stride(step: int) -> int:
    """How many steps one measured row stands for at `step`; the rows end at multiples of it."""
    return 1 if step <= DENSE_MEASURES else 1 << ((step - 1).bit_length() - 10)


def evaluates(step: int) -> bool:
    """Whether metrics over whole splits are taken after `step` steps."""
    return step % _evaluation_stride(step) == 0


def keeps_frame(step: int) -> bool:
    """Whether the pictures after `step` steps are kept for the scrubber."""
    return step % _frame_stride(step) == 0


def saves(step: int) -> bool:
    """Whether a checkpoint is written after `step` steps: 8 to each doubling."""
    return step >= FIRST_CHECKPOINT and step % (1 << ((step - 1).bit_length() - 4)) == 0


def keeps_checkpoint(step: int, size: int) -> bool:
    """Whether a checkpoint stays when the next is written: beside kept frames, for large ones at powers of two."""
    return keeps_frame(step) if size < 1 << 20 else step & (step - 1) == 0


def next_happening(step: int) -> int:
    """The first step behind `step` at which anything but measuring happens."""
    following = step + 1
    strides = _evaluation_stride(following), _frame_stride(following)
    return min(-(-following // stride) * stride for stride in strides)


def _evaluation_stride(step: int) -> int:
    return 1 if step <= EVALUATIONS else 1 << ((step - 1).bit_length() - 6)


def _frame_stride(step: int) -> int:
    return 1 if step <= FRAMES else 1 << ((step - 1).bit_length() - 3)
