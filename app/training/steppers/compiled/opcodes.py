"""The numbers by which the compiled loop is told what to do."""

# Kinds of operations.
LINEAR, ADD, RELU, LEAKY_RELU, ELU, TANH, SIGMOID, GELU, GELU_BY_TANH, SILU, SOFTPLUS, SINE = range(12)
# Kinds of losses and of optimizers.
MSE, L1, HUBER, BCE, HINGE, CROSS_ENTROPY = range(6)
SGD, ADAM, ADAMW, RMSPROP, ADAGRAD = range(5)
# Columns of an operation. `OTHER` is the second source of an addition; `WEIGHT` and `BIAS` are places in the row of
# weights, −1 where there is no bias. The last two say what becomes of the gradient of a source: −1 nobody needs it,
# 0 it is the first to arrive there, 1 it is added.
KIND, SOURCE, OTHER, OUT, TAKES, GIVES, WEIGHT, BIAS, BACK, BACK_OTHER = range(10)
