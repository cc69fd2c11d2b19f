"""Starts the programs that tests name themselves."""

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import requests


def run(
    *command: str, text: str = "", folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end; its exit status is the caller's to judge."""
    return subprocess.run(command, input=text, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def start(*command: str, folder: Path, environment: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """Start a program whose output goes to a file; the caller stops it."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )


def answer(address: str, running: "subprocess.Popen[bytes]", log: Path, patience: float) -> str:
    """Ask a program that has just been started until it answers."""
    deadline = time.monotonic() + patience
    while running.poll() is None and time.monotonic() < deadline:
        try:
            return requests.get(address, timeout=patience).text
        except requests.ConnectionError:
            time.sleep(0.05)
    pytest.fail(f"{address} did not answer:\n{log.read_text(errors='replace')}")
