"""The services over fakes, anew for every test."""

import pytest

from tests.household import Household


@pytest.fixture
def house() -> Household:
    return Household()
