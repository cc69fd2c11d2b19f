"""What Homeward stands on in AWS, and how it gets there."""


class NotDeployed(Exception):
    """Something stopped a deploy; the text says what, for the person who started it."""
