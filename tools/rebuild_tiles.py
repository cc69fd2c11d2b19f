"""Compare a stage's tiles with its markers, make anew what is wrong: `python -m tools.rebuild_tiles --stage dev`.

The same as happens every night; it may be stopped and goes on from there when it is started again.
"""

import argparse

import boto3
from tqdm import tqdm

from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.connectors.aws import Aws
from chalicelib.services.mending import REGIONS, Mended
from infrastructure import foundation

SHOWN = 20  # cells named one by one


def rebuild(session: boto3.Session, stage: str) -> Mended:
    """Go through all regions, with a bar that shows how far it is."""
    environment = foundation.environment(stage, foundation.outputs(session, stage))
    homeward = Homeward(Config.from_environment(environment), Aws(session))
    with tqdm(total=len(REGIONS), unit=" regions") as bar:

        def progress(region: str) -> None:
            bar.update(REGIONS.index(region) + 1 - bar.n)

        return homeward.mender.mend(lambda: True, progress)


def report(mended: Mended) -> str:
    """Say in one line what was found."""
    if not mended.wrong:
        return f"{mended.compared:,} tiles compared, none was wrong."
    named = ", ".join(cell or "the world" for cell in mended.wrong[:SHOWN])
    more = ", …" if len(mended.wrong) > SHOWN else ""
    return f"{mended.compared:,} tiles compared, {len(mended.wrong):,} were wrong and are made anew: {named}{more}."


def main() -> None:
    """Rebuild and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    print(report(rebuild(boto3.Session(), parser.parse_args().stage)))


if __name__ == "__main__":
    main()
