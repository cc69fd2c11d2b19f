"""Write docs/openapi.json off the routes, or with --check tell whether it is up to date."""

import argparse
import json
import os
import sys
from pathlib import Path

from chalicelib.config import REQUIRED

TARGET = Path(__file__).parent.parent / "docs" / "openapi.json"


def document() -> str:
    """Write the document as text; the routes are read without any call to AWS."""
    for name in REQUIRED:
        os.environ.setdefault(name, "unused")
    sys.path.insert(0, str(TARGET.parent.parent))
    from app import app

    return json.dumps(app.document().body, indent=2) + "\n"


def main() -> int:
    """Write or check; the exit status is 1 when a check finds another document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    if not parser.parse_args().check:
        TARGET.write_text(document())
        return 0
    if TARGET.exists() and TARGET.read_text() == document():
        return 0
    print("docs/openapi.json is not what the routes say: run `make openapi`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
