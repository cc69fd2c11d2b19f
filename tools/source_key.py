"""Make the key of a source, or a new one in place of the old: `python -m tools.source_key --stage dev shelter`."""

import argparse

import boto3

from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.connectors.aws import Aws
from infrastructure import foundation


def make_key(session: boto3.Session, stage: str, source: str) -> str:
    """Give a source of a deployed stage a new key, which is shown only now; an earlier one stops working.

    Raises chalicelib.domain.errors.Invalid for a name that is none.
    """
    environment = foundation.environment(stage, foundation.outputs(session, stage))
    homeward = Homeward(Config.from_environment(environment), Aws(session))
    return homeward.access.register_source(source)


def main() -> None:
    """Print the key, and nothing else, so that it can be piped into a file or a vault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("source", help="1 to 40 lower-case letters, digits and hyphens")
    arguments = parser.parse_args()
    print(make_key(boto3.Session(), arguments.stage, arguments.source))


if __name__ == "__main__":
    main()
