"""A table in memory, of which each call may be watched, delayed or refused by a test."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import Item, Table, marshal, unmarshal
from chalicelib.services.changes import WriteConflict

type Key = tuple[str, str]


class MemoryTable(Table):
    """Does what the connector of tiles asks of a table; the conditions are those it knows."""

    def __init__(self) -> None:
        super().__init__(Aws(), "tiles")
        self.calls: list[str] = []
        self.before: Callable[[str], object] = lambda _call: None
        self.items: dict[Key, dict[str, Any]] = {}

    def get(self, pk: str, sk: str) -> Item | None:
        self._call("get")
        return unmarshal(self.items[pk, sk]) if (pk, sk) in self.items else None

    def get_many(self, keys: Sequence[Key], *, consistent: bool = True) -> list[Item]:
        self._call("get_many")
        assert len(set(keys)) == len(keys) <= 100
        return [unmarshal(self.items[key]) for key in keys if key in self.items]

    def put(self, item: Item, **condition: Any) -> None:
        self.put_all([self.putting(item, **condition)])

    def delete(self, pk: str, sk: str, **condition: Any) -> None:
        self._call("delete")
        if not self._holds(condition, (pk, sk)):
            raise WriteConflict
        self.items.pop((pk, sk), None)

    def query(self, **query: Any) -> Iterator[Item]:
        self._call("query")
        wanted = query["ExpressionAttributeValues"][":pk"]["S"]
        return iter([unmarshal(item) for (pk, _sk), item in sorted(self.items.items()) if pk == wanted])

    def put_all(self, puts: Sequence[Mapping[str, Any]]) -> None:
        self._call("put_all")
        written = [put["Put"] for put in puts]
        if not all(self._holds(each, _key(each["Item"])) for each in written):
            raise WriteConflict
        self.items |= {_key(each["Item"]): each["Item"] for each in written}

    def putting(self, item: Item, **condition: Any) -> dict[str, Any]:
        return {"Put": {"Item": marshal(item), **condition}}

    def _call(self, name: str) -> None:
        self.calls.append(name)
        self.before(name)

    def _holds(self, condition: Mapping[str, Any], key: Key) -> bool:
        stored = self.items.get(key, {})
        match condition.get("ConditionExpression"):
            case None:
                return True
            case "attribute_not_exists(pk)":
                return not stored
            case "version = :version" | "mark = :mark" as expression:
                name = expression.split()[0]
                return bool(stored) and stored[name] == condition["ExpressionAttributeValues"][f":{name}"]
        raise NotImplementedError(condition)


def _key(item: Mapping[str, Any]) -> Key:
    return item["pk"]["S"], item["sk"]["S"]
