"""A table as its connectors use it: plain values in and out, paging, transactions, faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from chalicelib import journal
from chalicelib.connectors.aws import Aws
from chalicelib.domain.errors import Busy
from chalicelib.services.changes import WriteConflict

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

Item = dict[str, Any]
SERVER_ERROR = 500  # statuses from here on are AWS's own fault, whatever the code says
SMALLEST_NUMBER = 1e-130  # that DynamoDB stores; a coordinate may well be smaller
MAX_ROUNDS = 10  # of one BatchGetItem, which leaves unread what is throttled

_THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TooManyInvalidationsInProgress",
    }
)
_OVERTAKEN = frozenset({"ConditionalCheckFailed", "TransactionConflict"})


class Table:
    """One DynamoDB table with keys `pk` and `sk`."""

    def __init__(self, aws: Aws, name: str) -> None:
        """Make no call yet, not even a client."""
        self._aws = aws
        self.name = name

    def get(self, pk: str, sk: str) -> Item | None:
        """Read one item as last written."""
        with faults():
            answer = self._aws.dynamodb.get_item(
                TableName=self.name, Key=key(pk, sk), ConsistentRead=True, ReturnConsumedCapacity="TOTAL"
            )
        journal.read(answer.get("ConsumedCapacity"))
        return unmarshal(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[tuple[str, str]], *, consistent: bool = True) -> list[Item]:
        """Read up to 100 items, by default as last written, in no order; what is not there is left out."""
        wanted: Any = {self.name: {"Keys": [key(pk, sk) for pk, sk in keys], "ConsistentRead": consistent}}
        wanted = wanted if keys else {}
        items: list[Item] = []
        for _round in range(MAX_ROUNDS):
            if not wanted:
                return items
            with faults():
                answer = self._aws.dynamodb.batch_get_item(RequestItems=wanted, ReturnConsumedCapacity="TOTAL")
            journal.read(answer.get("ConsumedCapacity"))
            items += [unmarshal(item) for item in answer["Responses"].get(self.name, [])]
            wanted = answer.get("UnprocessedKeys")
        raise Busy("The storage has too much to do just now.")

    def put(self, item: Item, **condition: Any) -> None:
        """Write one item; raises WriteConflict when the condition fails."""
        with faults():
            self._aws.dynamodb.put_item(TableName=self.name, Item=marshal(item), **condition)

    def delete(self, pk: str, sk: str, **condition: Any) -> None:
        """Remove one item; again is harmless; raises WriteConflict when the condition fails."""
        with faults():
            self._aws.dynamodb.delete_item(TableName=self.name, Key=key(pk, sk), **condition)

    def update(self, pk: str, sk: str, **update: Any) -> Item:
        """Change one item, which may not be there yet, and give it as it is then.

        Raises WriteConflict when the condition fails.
        """
        with faults():
            answer = self._aws.dynamodb.update_item(
                TableName=self.name, Key=key(pk, sk), ReturnValues="ALL_NEW", **update
            )
        return unmarshal(answer["Attributes"])

    def query(self, **query: Any) -> Iterator[Item]:
        """Read all items of a query, page after page."""
        start: dict[str, Any] = {}
        while True:
            items, last = self.query_page(**query, **start)
            yield from items
            if last is None:
                return
            start = {"ExclusiveStartKey": last}

    def query_page(self, **query: Any) -> tuple[list[Item], dict[str, Any] | None]:
        """Read one page of at most 1 MB, and the key to go on after, None at the end."""
        with faults():
            answer = self._aws.dynamodb.query(TableName=self.name, ReturnConsumedCapacity="TOTAL", **query)
        journal.read(answer.get("ConsumedCapacity"))
        return [unmarshal(item) for item in answer["Items"]], answer.get("LastEvaluatedKey")

    def transact(self, writes: Sequence[Mapping[str, Any]]) -> None:
        """Do up to 100 writes or none; raises WriteConflict when a condition fails or another write is under way."""
        if writes:
            with faults():
                self._aws.dynamodb.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]

    def put_all(self, puts: Sequence[Mapping[str, Any]]) -> None:
        """Do puts made by `putting`, all or none, one without the price of a transaction; raises WriteConflict."""
        if len(puts) == 1:
            with faults():
                self._aws.dynamodb.put_item(**puts[0]["Put"])
        else:
            self.transact(puts)

    def putting(self, item: Item, **condition: Any) -> dict[str, Any]:
        """Make the write of an item for `transact`."""
        return {"Put": {"TableName": self.name, "Item": marshal(item), **condition}}

    def deleting(self, pk: str, sk: str) -> dict[str, Any]:
        """Make the removal of an item for `transact`."""
        return {"Delete": {"TableName": self.name, "Key": key(pk, sk)}}

    def updating(self, pk: str, sk: str, **update: Any) -> dict[str, Any]:
        """Make the change of an item for `transact`."""
        return {"Update": {"TableName": self.name, "Key": key(pk, sk), **update}}

    def checking(self, pk: str, sk: str, **condition: Any) -> dict[str, Any]:
        """Make the condition on an item, by default that it is there, for `transact`."""
        condition = condition or {"ConditionExpression": "attribute_exists(pk)"}
        return {"ConditionCheck": {"TableName": self.name, "Key": key(pk, sk), **condition}}


@contextmanager
def faults() -> Iterator[None]:
    """Say what AWS says in the words of the services: WriteConflict, or Busy when trying later helps."""
    from botocore.exceptions import ClientError, HTTPClientError
    from botocore.exceptions import ConnectionError as NoConnection

    try:
        yield
    except ClientError as error:
        raise _translated(error) from error
    except (NoConnection, HTTPClientError) as error:
        raise Busy("The storage does not answer just now.") from error


def _translated(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])} - {"None"}
    if code in ("ConditionalCheckFailedException", "TransactionConflictException", "TransactionInProgressException"):
        return WriteConflict(code)
    failed = error.response["ResponseMetadata"]["HTTPStatusCode"] >= SERVER_ERROR
    if failed or code in _THROTTLED or reasons & {"ThrottlingError", "ProvisionedThroughputExceeded"}:
        return Busy("The storage has too much to do just now.")
    return WriteConflict(code) if reasons and reasons <= _OVERTAKEN else error


def key(pk: str, sk: str) -> dict[str, Any]:
    """Make the key of an item."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def marshal(item: Item) -> dict[str, Any]:
    """Write plain values in DynamoDB's form; fields that are None are left out."""
    return {name: _typed(value) for name, value in item.items() if value is not None}


def unmarshal(item: Mapping[str, Any]) -> Item:
    """Read DynamoDB's form as plain values: numbers without a fraction are int, others float."""
    return {name: _plain(value) for name, value in item.items()}


def _typed(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": str(value)}
        case bytes():
            return {"B": value}
        case int() | float():
            return {"N": repr(value) if abs(value) >= SMALLEST_NUMBER else "0"}
        case Mapping():
            return {"M": marshal(dict(value))}
        case list() | tuple():
            return {"L": [_typed(element) for element in value]}
    raise TypeError(f"{type(value).__name__} is not stored")


def _plain(value: Mapping[str, Any]) -> Any:
    [(kind, content)] = value.items()
    match kind:
        case "N":
            return int(content) if content.lstrip("-").isdigit() else float(content)
        case "M":
            return unmarshal(content)
        case "L":
            return [_plain(element) for element in content]
    return content
