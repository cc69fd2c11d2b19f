"""Gives what was put aside another chance, once its cause is mended: `make redrive STAGE=…`.

What failed goes back to the function it failed in first; all triggers are idempotent, so twice is harmless.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import NotDeployed, adoption, smoke, stages, troubles, web
from infrastructure.stages import Refused, Target

HIDDEN = 120  # seconds in which a message is sent back and deleted, before others see it again
AT_ONCE = 10  # messages that SQS gives in one call
MENDER = "mend_tiles"

type Message = Mapping[str, Any]


@dataclass(frozen=True)
class Redrive:
    """The queues of a stage's failures, and where what is in them came from."""

    target: Target
    queues: Mapping[str, str]  # the foundation's outputs

    def run(self) -> Counter[str]:
        """Send everything back that waits now; tells how often to which function or queue."""
        sent = Counter(self._back(message) for message in self._taken("DeadLettersQueueArn"))
        if tiles := len(list(self._taken("FailedTilesQueueArn"))):
            self._invoke(adoption.function_name(self.target.stage, MENDER), smoke.SCHEDULED)
            sent[f"{MENDER}, which compares all tiles with their markers"] = tiles
        return sent

    def _taken(self, output: str) -> Iterator[Message]:
        """Take what is in a queue since before now; a message is deleted when the next one is asked for."""
        sqs, url = self.target.client("sqs"), self._url(output)
        began = datetime.now(UTC).timestamp() * 1000
        while messages := self._received(sqs, url):
            for message in messages:
                if int(message["Attributes"]["SentTimestamp"]) > began:
                    return  # it failed again meanwhile
                yield message
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def _received(self, sqs: Any, url: str) -> list[Message]:
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=AT_ONCE,
            VisibilityTimeout=HIDDEN,
            WaitTimeSeconds=1,  # asks all of the queue's servers, not some
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        return list(answer.get("Messages", []))

    def _back(self, message: Message) -> str:
        """Send a message back; returns where to."""
        try:
            said = json.loads(message["Body"])
            function, event = said["requestContext"]["functionArn"].split(":")[6], said["requestPayload"]
        except (ValueError, KeyError, TypeError, IndexError):
            queue = self._url("FailedPicturesQueueArn")
            self.target.client("sqs").send_message(QueueUrl=queue, MessageBody=message["Body"])
            return queue.rpartition("/")[2]
        self._invoke(function, event)
        return str(function)

    def _invoke(self, function: str, event: Any) -> None:
        payload = json.dumps(event).encode()
        self.target.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=payload)

    def _url(self, output: str) -> str:
        name = self.queues[output].rpartition(":")[2]
        return str(self.target.client("sqs").get_queue_url(QueueName=name)["QueueUrl"])


def of(target: Target) -> Redrive:
    """Find the queues of a stage; raises Refused when it is not deployed."""
    if not (found := web.ground(target, None, {}).outputs()):
        raise Refused(f"Stage {target.stage} is not deployed here.")
    return Redrive(target, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Send everything back, and tell what and where."""
    stage = stages.stage_argument(arguments, "Give what a stage's functions failed at another chance.")
    try:
        target = stages.target(stage)
        stages.introduce(target)
        sent = of(target).run()
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not all is sent back: {troubles.told(error)}", file=sys.stderr)
        return 1
    for place, count in sent.items():
        print(f"{count} sent back to {place}")
    print("nothing was waiting" if not sent else f"{sent.total()} sent back")
    return 0


if __name__ == "__main__":
    sys.exit(main())
