"""What somebody can do something about is said in words of our own."""

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoRegionError,
    SSOTokenLoadError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)

from infrastructure import troubles
from infrastructure.application import DeployFailed

OVER = [
    ClientError({"Error": {"Code": "ExpiredToken", "Message": "The security token is expired"}}, "PutObject"),
    TokenRetrievalError(provider="sso", error_msg="Token has expired and refresh failed"),
    UnauthorizedSSOTokenError(),
    SSOTokenLoadError(error_msg="Token for https://home.example.org does not exist"),
]


@pytest.mark.parametrize("error", OVER, ids=lambda error: type(error).__name__)
def test_credentials_that_are_over_are_told_with_what_to_do(error: BotoCoreError | ClientError) -> None:
    assert troubles.told(error) == troubles.SIGN_IN


@pytest.mark.parametrize("error", OVER, ids=lambda error: type(error).__name__)
def test_what_chalice_says_of_them_is_told_the_same(error: BotoCoreError | ClientError) -> None:
    said = DeployFailed(f"Traceback\nbotocore.exceptions.{type(error).__name__}: {error}")
    assert troubles.told(said) == troubles.SIGN_IN


def test_everything_else_is_told_in_its_own_words_with_where_it_stopped() -> None:
    error = NoRegionError()
    error.add_note("It stopped at: beginning.")
    assert troubles.told(error) == "You must specify a region.\nIt stopped at: beginning."
