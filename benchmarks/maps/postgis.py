"""PostgreSQL with PostGIS, what one would pick instead: a private cluster that lives as long as the benchmark.

It listens on a socket in its own folder and nowhere else, and runs as an unprivileged user, for it refuses root.
"""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.maps.geo import KINDS, SPECIES, Points
from benchmarks.maps.markers import markers_of
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.moments import Window

DEBIAN_PACKAGE = "postgresql-15-postgis-3"
UNPRIVILEGED = "postgres"  # the user that Debian's package makes
SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "2GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "fsync": "off",  # loading is not what is compared
    "plan_cache_mode": "force_custom_plan",  # the generic plan is up to 740 times slower
}
TABLE = """
CREATE EXTENSION postgis;
CREATE EXTENSION btree_gist;
CREATE TABLE announcements (
    id text, kind smallint, species smallint, title text, ts timestamptz, status text, thumbnail text, colour text,
    placeholder text, geom geometry(Point, 4326)
);
"""
INDEXES = """
CREATE INDEX ON announcements USING gist (geom, ts);
CREATE INDEX ON announcements (ts);
"""
COLUMNS = "id, kind, species, title, ts, status, thumbnail, colour, placeholder"
NEWEST = f"""
SELECT {COLUMNS}, ST_X(geom), ST_Y(geom) FROM announcements
WHERE ({{inside}}) AND ts BETWEEN %(start)s AND %(end)s ORDER BY ts DESC LIMIT %(limit)s
"""  # noqa: S608 (a constant)
CLUSTERS = """
SELECT ST_X(cell), ST_Y(cell), count, lost, found FROM (
    SELECT ST_SnapToGrid(geom, -180, -90, %(width)s, %(height)s) AS cell, count(*) AS count,
        count(*) FILTER (WHERE kind = 0) AS lost, count(*) FILTER (WHERE kind = 1) AS found
    FROM announcements WHERE ({inside}) AND ts BETWEEN %(start)s AND %(end)s GROUP BY cell
) AS clusters
"""


@dataclass(frozen=True)
class PostGIS:
    """A connection to the cluster."""

    connection: Any

    @property
    def versions(self) -> dict[str, str]:
        """Tell what answers."""
        row = self.connection.execute("SELECT current_setting('server_version'), postgis_lib_version()").fetchone()
        return {"PostgreSQL": row[0].split()[0], "PostGIS": row[1]}

    def load(self, points: Points) -> None:
        """Write points, then index and analyse them."""
        with self.connection.cursor().copy(f"COPY announcements ({COLUMNS}, geom) FROM STDIN") as copy:
            for row in _rows(points):
                copy.write_row(row)
        self.connection.execute(INDEXES)
        self.connection.execute("VACUUM ANALYZE announcements")

    def newest(self, rectangle: Rectangle, window: Window, limit: int) -> Any:
        """Answer the newest announcements."""
        return self._rows(NEWEST, rectangle, {"start": window.start, "end": window.end, "limit": limit})

    def clusters(self, rectangle: Rectangle, window: Window, size: tuple[float, float]) -> Any:
        """Count all announcements by cells of a width and a height in degrees."""
        values = {"start": window.start, "end": window.end, "width": size[0], "height": size[1]}
        return self._rows(CLUSTERS, rectangle, values)

    def _rows(self, query: str, rectangle: Rectangle, values: dict[str, Any]) -> Any:
        envelopes = [
            f"geom && ST_MakeEnvelope({west!r}, {rectangle.south!r}, {east!r}, {rectangle.north!r}, 4326)"
            for west, east in rectangle.spans
        ]
        return self.connection.execute(query.format(inside=" OR ".join(envelopes)), values).fetchall()


@contextmanager
def running() -> Iterator[PostGIS | None]:
    """Start a cluster and stop it; gives None, after one line that says so, where PostGIS is not installed."""
    programs = _programs()
    if programs is None:
        print(f"  PostGIS is not installed and is left out: apt-get install {DEBIAN_PACKAGE}", flush=True)
        yield None
        return
    user = _user()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        _run(user, programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", user, "-E", "UTF8", "--no-sync")
        _run(user, programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", _options(folder), "start")
        try:
            with _connected(folder, user) as connection:
                connection.execute(TABLE)
                yield PostGIS(connection)
        finally:
            _run(user, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


def _programs() -> Path | None:
    """Find the newest PostgreSQL of Debian that has PostGIS."""
    extensions = Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    versions = sorted((path.parents[1].name for path in extensions), key=float)
    folders = [Path("/usr/lib/postgresql") / version / "bin" for version in versions]
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def _user() -> str:
    return UNPRIVILEGED if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _run(user: str, *command: str | Path) -> None:
    """Run a program of PostgreSQL as a user, without our standard files, which the server would keep open."""
    as_user: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, **(as_user if os.geteuid() == 0 else {}))


def _options(folder: Path) -> str:
    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _connected(folder: Path, user: str) -> Any:
    import psycopg

    return psycopg.connect(host=str(folder), dbname="postgres", user=user, autocommit=True)


def _rows(points: Points) -> Iterator[tuple[Any, ...]]:
    for marker in markers_of(points):
        yield (
            marker.announcement_id,
            KINDS.index(marker.kind),
            SPECIES.index(marker.species),
            marker.title,
            marker.event_at,
            marker.status.value,
            marker.thumbnail,
            marker.colour,
            marker.placeholder,
            f"SRID=4326;POINT({marker.place.longitude!r} {marker.place.latitude!r})",
        )
