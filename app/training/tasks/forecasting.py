"""What forecasting computes."""

from app.training.tasks.regression import RegressionWork


class ForecastingWork(RegressionWork):
    """The next value is a number like any other."""
