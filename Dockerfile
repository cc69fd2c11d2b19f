# The whole of Homeward in one container: the page, the API and the local cloud behind one port, as `make run` has it.

FROM node:20-bookworm-slim AS node

FROM python:3.13-slim-bookworm

COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
RUN useradd --create-home --uid 1000 homeward && install --directory --owner=homeward /var/lib/homeward

WORKDIR /app

COPY requirements.txt requirements-dev.txt ./
RUN --mount=type=cache,target=/root/.cache/pip python -m pip install --root-user-action=ignore -r requirements-dev.txt

COPY frontend/package.json frontend/package-lock.json frontend/
RUN --mount=type=cache,target=/root/.npm npm ci --prefix frontend --no-audit --no-fund

COPY . .
RUN python -c "import asyncio; from local.page import build; asyncio.run(build())"

USER homeward
ENV HOST=0.0.0.0 PORT=8000 STATE_DIR=/var/lib/homeward PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["python", "-m", "local", "run"]
