"""ministack, repaired and flushed: what the process that `Cloud` starts runs (`python -m local.ministack_process`)."""

from __future__ import annotations

import os
import signal
import threading

import hypercorn.config

from local.flush import Flusher, watched
from local.repairs import apply_all

PATIENCE_WITH_REQUESTS = 0.5  # seconds; the server would wait 3 for functions that still run


def _stop_when_our_starter_is_gone() -> None:
    """The starter holds the other end of our standard input; when it dies, however it dies, we stop."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve until a signal, or until the process that started us is gone."""
    from ministack import app as ministack

    apply_all()
    setattr(hypercorn.config.Config, "graceful_timeout", PATIENCE_WITH_REQUESTS)  # noqa: B010 (only hypercorn reads it)
    flusher = Flusher()
    ministack.app = watched(ministack.app, flusher)
    threading.Thread(target=_stop_when_our_starter_is_gone, daemon=True).start()
    flusher.start()
    ministack.main()


if __name__ == "__main__":
    main()
