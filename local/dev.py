"""`make dev`: `chalice local` and Vite, both reloading what changes, on the same local cloud."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from contextlib import AsyncExitStack, closing
from dataclasses import replace

from local import cloud, page, processes
from local.failures import CannotRun
from local.front_door import door
from local.options import PROJECT, Options
from local.progress import tell
from local.run import Running, application

PATIENCE = 1.0  # seconds that Chalice and Vite have to end


async def develop(options: Options) -> None:
    """Serve until cancelled; raises CannotRun.

    The browser talks to Vite at the one address, Vite asks the front door, and that asks `chalice local`.
    """
    door.listen(options).close()
    await page.install()
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(application(options))
        inner = replace(options, host="127.0.0.1", port=processes.free_port())
        listener = stack.enter_context(closing(door.listen(inner)))
        api_port = processes.free_port()
        places = replace(
            running.places(page.FRONTEND, options.viewer),
            api=f"http://127.0.0.1:{api_port}",
            page=options.address,
            api_reads_host=True,
        )
        await stack.enter_async_context(door.opened(listener, places))
        servers = [await _chalice(running, api_port), await _vite(options, inner.address)]
        for server in servers:
            stack.push_async_callback(processes.stop, server, PATIENCE)
        tell(f"Homeward is being developed at {options.address}  (Ctrl-C stops it)")
        await _first_to_end(servers, running)


async def _chalice(running: Running, port: int) -> asyncio.subprocess.Process:
    environment = cloud.environment(running.state, running.cloud.endpoint) | dict(running.deployment.environment)
    return await processes.start([sys.executable, "-m", "local.chalice_local", str(port)], environment, PROJECT)


async def _vite(options: Options, api: str) -> asyncio.subprocess.Process:
    environment = os.environ | {"API_URL": api, "HOST": options.host, "PORT": str(options.port)}
    return await processes.start(["npm", "--silent", "start"], environment, page.FRONTEND)


async def _first_to_end(servers: Iterable[asyncio.subprocess.Process], running: Running) -> None:
    waits = [asyncio.ensure_future(server.wait()) for server in servers] + [asyncio.ensure_future(running.ended())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        raise CannotRun("One of the servers ended; what it said stands above.")
    finally:
        for wait in waits:
            wait.cancel()
