"""What somebody who deploys is shown."""


def tell(text: str) -> None:
    """Show a line at once, also where the output is a file."""
    print(f"- {text}", flush=True)
