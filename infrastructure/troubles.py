"""What went wrong, said so that somebody can do something about it."""

EXPIRED = (
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "TokenRefreshRequired",
    "TokenRetrievalError",  # the last three of a sign-in with SSO
    "UnauthorizedSSOTokenError",
    "SSOTokenLoadError",
)
SIGN_IN = "The credentials have expired in the middle. Sign in again (`aws sso login`) and run the same command again."


def told(error: BaseException) -> str:
    """Tell an error with its notes, and expired credentials in words of our own; Chalice has them in its text."""
    said = str(error)
    words = SIGN_IN if any(word in said or word == type(error).__name__ for word in EXPIRED) else said
    return "\n".join([words, *getattr(error, "__notes__", [])])
