"""What can go wrong on a user's machine, told in one line."""


class CannotRun(Exception):
    """The local cloud cannot start or go on; the message is the one line that the user reads."""
