"""The order of all tests."""

import pytest

LONGEST = "test_no_generated_request_breaks_the_server"  # a minute by itself


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test comes first, so that no worker begins it when the others have nothing left to do."""
    items.sort(key=lambda item: item.name != LONGEST)
