"""What one experiment may cost at most. Each limit has its problem sentence where it is used: costs.py, reading.py."""

MOST_LAYERS = 128  # inner layers counted too
MOST_NESTING = 8  # layers within layers
MOST_PARAMETERS = 5_000_000
MOST_MULTIPLY_ADDS = 100_000_000_000  # of one batch, forward: some ten seconds of a core for a step
MOST_MEMORY = 1_000_000_000  # bytes: weights, gradients, optimizer and one batch of activations

MOST_DEPTH = 64  # lists and objects within one another, in any JSON
MOST_NUMBER = 10**300  # just inside what a float can hold
LONGEST_NAME = 100  # characters of a field's name
MOST_PROBLEMS = 100  # told at once; what is left is counted
MOST_MISTAKES = 1_000  # in fields, that are looked at one by one; a body has room for a hundred thousand

BYTES_PER_NUMBER = 4  # float32
COPIES_OF_A_WEIGHT = 4  # itself, its gradient, and two that an optimizer like Adam remembers
