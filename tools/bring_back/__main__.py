"""Bring back what the announcements table has lost: `make bring-back FROM=<restored table> STAGE=…`.

The copy comes from point-in-time recovery or from a backup: docs/operations.md tells how.
Nothing that is there is overwritten, and what has changed since the copy is left as it is.
It may be broken off; run again, it looks at everything again, and most of it is there already.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError
from tqdm import tqdm

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import Table
from chalicelib.domain.announcements import TOMBSTONE_LIFETIME
from chalicelib.domain.errors import Busy
from chalicelib.services.changes import Clock
from infrastructure import NotDeployed, stages, troubles, web
from infrastructure.stages import Refused, Target
from tools.bring_back.way_back import WayBack


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def way_back(target: Target, copy: str, clock: Clock = now) -> tuple[WayBack, int]:
    """Find the copy and the stage's table, and about how many items the copy has; raises Refused."""
    if not (told := web.ground(target, None, {}).outputs()):
        raise Refused(f"Stage {target.stage} is not deployed here.")
    name, tables = told["AnnouncementsTable"], target.client("dynamodb")
    if copy in ("", name):
        raise Refused("FROM= must name the table that was restored, which stands beside that of the stage.")
    try:
        found = tables.describe_table(TableName=copy)["Table"]
    except tables.exceptions.ResourceNotFoundException:
        raise Refused(f"FROM={copy}: there is no such table.") from None
    if found["TableStatus"] != "ACTIVE":
        raise Refused(f"FROM={copy} is still being made: try again in some minutes.")
    moment = found.get("RestoreSummary", {}).get("RestoreDateTime")
    if moment and clock() - moment > TOMBSTONE_LIFETIME:
        raise Refused(
            f"FROM={copy} is as of {moment:%Y-%m-%d}, more than {TOMBSTONE_LIFETIME.days} days ago: "
            "what people have withdrawn since then would come back, for nothing tells any more that they did."
        )
    aws = Aws(target.session)
    return WayBack(aws, Table(aws, copy), Table(aws, name), clock), int(found["ItemCount"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring back, with a bar that shows how far it is, and tell what was done."""
    parser = stages.parser("Bring back what the announcements table of a stage has lost, from a copy of it.")
    parser.add_argument("--from", dest="copy", required=True, help="the table that was restored")
    asked = parser.parse_args(arguments)
    try:
        target = stages.target(asked.stage)
        stages.introduce(target)
        back, size = way_back(target, asked.copy)
        with tqdm(total=size, unit=" items") as bar:
            done = back.run(bar.update)
    except (NotDeployed, Busy, BotoCoreError, ClientError) as error:
        print(f"not all is back: {troubles.told(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbroken off; run the same command again: what is back stays", file=sys.stderr)
        return 130
    print("\n".join(f"{count:,} {outcome.value}" for outcome, count in done.items()) or "the copy is empty")
    return 0


if __name__ == "__main__":
    sys.exit(main())
