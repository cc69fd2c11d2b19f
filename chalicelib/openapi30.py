"""What clients of OGC API Features read, as OpenAPI 3.0: the standard, GDAL and QGIS know no later one.

GDAL and QGIS let the server filter by those parameters that they find under `/collections/announcements/items`, below
the landing page, and QGIS by those alone of which it is told how lists are written.
"""

from collections.abc import Sequence
from typing import Any

from chalicelib.controllers.features import ROOT, OgcQuery
from chalicelib.endpoints import Endpoint
from chalicelib.openapi import document

_AS_ONE_WORD = {"style": "form", "explode": False}
_WORDS = {"x-clamped-to": "maximum"}  # the standard's maximum is what a greater limit is taken for
_NULL = {"type": "null"}


def features_document(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """Write the document of those routes that the standard names."""
    described = _older(document([one for one in endpoints if one.parameter_of(OgcQuery)], bodies=()))
    paths = {path.removeprefix(ROOT) or "/": operations for path, operations in described["paths"].items()}
    parameters = [each for path in paths.values() for operation in path.values() for each in operation["parameters"]]
    for parameter in parameters:
        parameter.update(_AS_ONE_WORD if parameter["in"] == "query" else {})
    limit = next(parameter for parameter in parameters if parameter["name"] == "limit")
    return {
        "openapi": "3.0.3",
        "info": described["info"] | {"license": {"name": described["info"]["license"]["name"]}},
        "servers": [{"url": ROOT}],
        "paths": paths,
        "components": described["components"] | {"parameters": {"limit": limit}},  # there QGIS learns a page's size
    }


def _older(part: Any) -> Any:
    """Write a part of a document of OpenAPI 3.1 in the words of 3.0."""
    if isinstance(part, list):
        return [_older(each) for each in part]
    if not isinstance(part, dict):
        return part
    older: dict[str, Any] = {_WORDS.get(str(name), str(name)): _older(value) for name, value in part.items()}
    if "const" in older:
        older["enum"] = [older.pop("const")]
    if _NULL in older.get("anyOf", []):
        return _nullable(older)
    return older


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Write `anyOf` something or null in the words of 3.0."""
    [some] = [each for each in schema.pop("anyOf") if each != _NULL]
    return schema | ({"allOf": [some]} if "$ref" in some else some) | {"nullable": True}
