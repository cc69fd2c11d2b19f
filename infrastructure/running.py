"""What of a stage's application runs in the account, and what it was made from."""

import importlib.metadata
import json
import platform
from collections.abc import Mapping
from pathlib import Path

import boto3

from infrastructure import adoption, memory
from infrastructure.application import PACKAGED
from infrastructure.fingerprints import fingerprint
from infrastructure.permissions import FUNCTIONS
from infrastructure.stages import Choices

HERE = Path(__file__).parent
MAKERS = ("application.py", "packaging.py", "permissions.py", "upkeep.py")


def digest(source: Path, environment: Mapping[str, str]) -> str:
    """Digest all that the application is made of: code, requirements, settings, rights, names and tools."""
    tools = platform.python_version(), platform.machine(), importlib.metadata.version("chalice")
    rights = own_digest(*MAKERS)
    return fingerprint(source, (*PACKAGED, ".chalice/config.json"), _written(environment), rights, *tools)


def own_digest(*parts: str) -> str:
    """Digest modules of this package by their names, and other words that matter."""
    modules = [part for part in parts if part.endswith(".py")]
    return fingerprint(HERE, modules, *(part for part in parts if part not in modules))


def addresses(cdn: Mapping[str, str], chosen: Choices) -> dict[str, str]:
    """Say in environment variables under which addresses people come."""
    found = {"PUBLIC_URL": cdn.get("Address", ""), "UPLOAD_URL": chosen.upload_url}
    return {name: address for name, address in found.items() if address}


def code(session: boto3.Session, stage: str, note: Path) -> str:
    """Tell what code the stage's functions run; nothing when one of them or the API of Chalice's note is not there."""
    client = session.client("lambda")
    apis = {each["rest_api_id"] for each in memory.note_in(note).get("resources", []) if "rest_api_id" in each}
    gateway = session.client("apigateway")
    try:
        for api in apis:
            gateway.get_rest_api(restApiId=api)
        names = (adoption.function_name(stage, function) for function in FUNCTIONS)
        found = {name: client.get_function_configuration(FunctionName=name)["CodeSha256"] for name in names}
    except (client.exceptions.ResourceNotFoundException, gateway.exceptions.NotFoundException):
        return ""
    return _written(found) if apis else ""


def is_there(session: boto3.Session, stage: str) -> bool:
    """Tell whether the stage's API runs."""
    functions = session.client("lambda")
    try:
        functions.get_function_configuration(FunctionName=adoption.function_name(stage, "api_handler"))
    except functions.exceptions.ResourceNotFoundException:
        return False
    return True


def is_of_this_account(session: boto3.Session, stage: str, note: Path) -> bool:
    """Tell whether a note from before deploys were remembered in S3 is about what runs here."""
    noted = {resource.get("rest_api_id") for resource in memory.note_in(note).get("resources", [])}
    return any(noted) and bool(noted & {api["id"] for api in adoption.rest_apis(session, stage)})


def _written(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), sort_keys=True)
