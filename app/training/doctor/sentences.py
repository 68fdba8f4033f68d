"""The sentences of verdicts: a head of a few words, what the numbers say, and what to try."""

DIVERGED_HEAD = "It exploded."
DIVERGED = (
    "The loss became infinite at step {step}, in layer {layer}. The learning rate of {lr} makes each step overshoot."
    " Try {better}."
)
DIVERGED_OUTPUT = (
    "The loss became infinite at step {step}, in the output head. The learning rate of {lr} makes each step overshoot."
    " Try {better}."
)
DIVERGED_LOSS = (
    "The loss became infinite at step {step}: the outputs are still numbers, but too large for the loss."
    " The learning rate of {lr} makes each step overshoot. Try {better}."
)

NOT_LEARNING_HEAD = "It has not learned anything yet."
SATURATED = " With a learning rate of {lr} its neurons are stuck at their ends. Try {better}."
OVERSHOT = " A learning rate of {lr} makes each step overshoot. Try {better}."
SLOW = " A learning rate of {lr} hardly moves it. Try {better}."
SHALLOW = " Without a hidden layer it can only weigh its inputs and add them up. Try a layer of 8 neurons with tanh."
WITHOUT_FILTERS = (
    " Without filters it has to learn a pattern anew for each place where it can stand. Try a convolution of 16 filters"
    " with ReLU."
)
LINEAR = " Without an activation all its layers together can only weigh the inputs and add them up. Try tanh."
UNEVEN = " Its inputs are not standardised, so columns with large numbers can drown the others. Standardise them."
VANISHING = " Through {layers} sigmoid layers hardly any gradient reaches the first. Try ReLU."
FORGETS = (
    " Over {places} places a plain recurrent layer forgets: on the way back the gradient shrinks at each. Try an LSTM."
)
NARROW = " Its narrowest layer has only {units} neurons. Try {better}."
NARROW_FILTERS = " Its narrowest layer has only {units} filters. Try {better}."
UNSURE = " Try a learning rate of {better} instead of {lr}, or a wider network."

JUMPING_HEAD = "The loss jumps."
JUMPING = "It keeps rising and falling by more than half. A learning rate of {lr} is too large to settle. Try {better}."
CRAWLING_HEAD = "It crawls."
CRAWLING = (
    "In {epochs} epochs training loss has only fallen from {first} to {now}. Steps with a learning rate of {lr} are too"
    " small. Try {better}."
)

MEMORISING_HEAD = "Memorising since epoch {epoch}."
MEMORISING = (
    "Since then validation loss rose from {low} to {now}, while training loss kept falling: it learns the training"
    " samples by heart."
)
GAP_HEAD = "Better at what it has seen."
GAP = "{metric} is {train}, but on samples it never saw only {validation}, which is what you can expect of it."
GAP_IN_LOSS = (
    "Training loss is {train}, but validation loss {validation}: part of what it learned holds for the training"
    " samples only."
)

LONGER_HEAD = "It holds for the lengths it has seen."
LONGER = (
    "{metric} is {train}, but on longer rows than it learned from only {validation}: it has learned those lengths, not"
    " the rule."
)
BY_HEART_HEAD = "It knows only these samples."
BY_HEART = (
    "{metric} is {train}, but on samples it never saw {validation}, which is no better than answering without looking:"
    " what it learned says nothing of others."
)

LEARNING_HEAD = "Still learning."
FELL = {  # by which loss is watched, and whether the span is told in epochs
    (True, True): "Validation loss fell from {before} to {now} in the last {epochs} epochs.",
    (True, False): "Validation loss fell from {before} to {now} in the last {steps} steps.",
    (False, True): "Training loss fell from {before} to {now} in the last {epochs} epochs.",
    (False, False): "Training loss fell from {before} to {now} in the last {steps} steps.",
}
ROSE = {  # where no loss is watched, but a score; by whether the span is told in epochs
    True: "{metric} rose from {before} to {now} in the last {epochs} epochs.",
    False: "{metric} rose from {before} to {now} in the last {steps} steps.",
}
STILL_BETTER = " It was still getting better, so longer training may help."  # behind what a task says of its outcome
UNFINISHED_HEAD = "It was still learning."

LEARNED_HEAD = "Learned, not memorised."
LEARNED = "{metric} is {validation}, and {train} on the training samples: what it learned holds for new samples."
LEARNED_FEW_HEAD = "It seems to have learned."
LEARNED_FEW = (
    "{metric} is {validation}, though of {count} samples only, and {train} on the training samples: it seems to hold"
    " for new ones."
)
LEARNED_DESPITE = (
    "{metric} is {validation}. {percent} % of the labels are wrong, so about {attainable} is the most that can be"
    " expected."
)
FITTED_HEAD = "It fits the training samples."
FITTED = "{metric} is {train}. No samples are kept aside, so nothing says how it does on new ones."
LOWEST_HEAD = "About as low as it can get."
LOWEST = {  # by what makes the floor
    "noise": "Validation loss is {now}. The noise in the targets alone makes about {floor}.",
    "labels": "Validation loss is {now}. The wrong labels alone make about {floor}.",
    "smoothing": "Validation loss is {now}. Label smoothing alone makes about {floor}.",
}

TOO_WEAK_HEAD = "Poor even on its training samples."
TOO_WEAK = "{metric} is only {train} after {epochs} epochs, with a training loss of {loss}."
SMALL_CODE = " Between encoder and decoder there is only a code of size {units}. Try {better}."
UNSURE_WHY = " The network may be too small, or its inputs may not say enough."
HELD_BACK = " What keeps it from memorising may hold it back: regularisation, dropout."

STANDS_HEAD = "It has come to rest."
STANDS = "Training loss has hardly changed in the last {epochs} epochs: {before} then, {loss} now."
SMALLER_STEPS = " Smaller steps may settle lower: try a learning rate of {better}."
LARGER_STEPS = " Larger steps may lead away from here: try a learning rate of {better}."
STRAIGHT = " With a hidden layer it could do more than weigh its inputs and add them up."

HOLDS_HEAD = "It ended here."
HOLDS = "{metric} is {validation}, and {train} on the training samples."

SET_RATE = "Set the learning rate to {better}"
MORE_CODE = "Set the code to size {better}"
USE_LSTM = "Replace it by an LSTM"
USE_RELU = "Replace every sigmoid by ReLU"
ADD_NEURONS = "Add a layer of 8 neurons with tanh"
ADD_TANH = "Add tanh behind the first layer"
STANDARDISE = "Standardise the inputs"
ADD_FILTERS = "Add a convolution of 16 filters with ReLU"
MORE_NEURONS = "Give it {better} neurons"
MORE_FILTERS = "Give it {better} filters"
MORE_EPOCHS = "Train for {epochs} epochs"
STOP_EARLY = "Stop early, and keep the best weights"
SMALL_WEIGHTS = "Keep the weights small (L2 0.003)"
MORE_SAMPLES = "Give it {samples} samples"
