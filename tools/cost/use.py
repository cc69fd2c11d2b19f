"""How much of each thing a place uses in a month: requests, units and times from the benchmarks, sizes from the code.

Where something was not measured, a generous guess stands here with its name.
All requests are taken to reach the API, as if the CDN kept no answer.
"""

from collections.abc import Mapping
from math import exp

from chalicelib.journal import Metric
from tools.cost.measured import by_count, figure
from tools.cost.place import PICTURE_MB, RENDITIONS_MB, Place

type Use = Mapping[str, float]

MINUTES = 43_800  # of a month
SECONDS = 60 * MINUTES
HOURS = MINUTES / 60
NIGHTS = 30.4
WHOLE_PROCESSOR = 1769  # MB of memory for which Lambda gives one
API_GB, PICTURES_GB, SWEEP_GB, TILES_GB = 1.0, 1.728, 0.5, 1.0  # memory, by .chalice/config.json
STORAGE_SECONDS = 0.008  # of one call of DynamoDB, which waits in the bill
VIEWS_A_VISIT = 10  # as benchmarks/maps/sessions.py has it
FILES_A_VISIT, PAGE_MB = 12, 0.35  # the page, compressed, to somebody who was never here
API_REQUESTS_A_VISIT = 2  # the settings and one announcement
ANSWER_MB, THUMBNAILS_A_VIEW, THUMBNAIL_MB = 0.008, 6, 0.005
SHOWN_A_VISIT, SHOWN_MB = 2, 0.06  # pictures of 640 pixels of the one announcement
MISSED = 0.5  # of the pictures that people ask for, those that the CDN has to fetch
REQUESTS_A_REPORT, REQUESTS_A_PICTURE = 1, 5  # a picture's form, and looks whether it is ready
EVENTS_A_REPORT = 3  # posted, pictured, expired: each a batch of the stream, until batches fill
BATCHES_AT_MOST = 2 * MINUTES  # a batch gathers for 30 seconds
BATCH_SECONDS, EVENT_SECONDS = 0.3, 0.02
SWEEP_SECONDS, WIDE_SECONDS = 0.1, 0.1  # of a minute in which nothing is due
SWEEP_UNITS, WIDE_UNITS = 6, 2  # read in such a minute: a watermark, two days of four shards; the notes
MENDED_SECONDS, MENDED_UNITS = 0.0005, 0.15  # of one marker in the nightly comparison
PICTURE_SECONDS = 0.3  # of waiting for S3, besides the processor
TAKEN_AWAY = 0.2  # of the pictures, those that somebody removes or hides, and that do not fade after they expired
REPORT_KB, INDEXED = 2.5, 4  # of an announcement's items; its marker is in the table and in three indexes
MARKER_KB, TILE_KB = 0.6, 1.5
OBJECTS_A_PICTURE = 5  # the original, three renditions, a preview
LOG_KB = {"request": 0.8, "minute": 0.5}  # Lambda's own lines and ours
CDN_LOG_KB = 0.1  # of a request, compressed
IDLE_POLLS = 15  # that Lambda makes of an empty queue in a minute
ALARMS, DASHBOARDS = 9, 1  # a test compares them with the templates
REPLICATION_METRICS = 4  # of one rule; S3 sends them at all hours
TRACED = 0.05  # of the calls besides the first one of each second, as Lambda has it
SECRETS_READ = 3  # by each function that wakes
RULES_OF_FIREWALL = 4


def used(place: Place) -> dict[str, float]:
    """Tell all of it, by the names of the price list."""
    return {
        **_functions(place),
        **_tables(place),
        **_buckets(place),
        **_cdn(place),
        **_watch(place),
        "queues": IDLE_POLLS * MINUTES,
        "schedules": 2 * MINUTES + NIGHTS,
        "parameters": 4,
        "secrets": SECRETS_READ * place.cold * api_requests(place),
    }


def options(place: Place) -> dict[str, Use]:
    """Tell what is off unless somebody wants it, by what it is."""
    return {
        "a firewall": {
            "firewall": 1,
            "firewall_rules": RULES_OF_FIREWALL,
            "firewall_requests": _cdn(place)["cdn_requests"],
        },
        "a key of one's own": {"own_key": 1, "secrets": 1000 + place.announcements},
        "a domain's hosted zone": {"zone": 1},
    }


def visits(place: Place) -> float:
    """Tell how often somebody comes."""
    return place.views / VIEWS_A_VISIT


def map_requests(place: Place) -> float:
    """Tell how many of the looks ask for something."""
    return place.views * figure("map-cache", "requests, whole tiles, as the page asks")


def api_requests(place: Place) -> float:
    """Tell how many requests the API answers."""
    written = REQUESTS_A_REPORT * place.announcements + REQUESTS_A_PICTURE * place.pictures
    return map_requests(place) + API_REQUESTS_A_VISIT * visits(place) + written


def _functions(place: Place) -> dict[str, float]:
    batches = _batches(place)
    seconds = {
        API_GB: api_requests(place) * _request_seconds(place),
        PICTURES_GB: place.pictures * _picture_seconds(),
        SWEEP_GB: MINUTES * SWEEP_SECONDS + place.announcements * EVENT_SECONDS,
    }
    tiles = batches * BATCH_SECONDS + EVENTS_A_REPORT * place.announcements * EVENT_SECONDS
    nightly = MINUTES * WIDE_SECONDS + NIGHTS * place.live * MENDED_SECONDS
    gigabyte_seconds = sum(gigabytes * time for gigabytes, time in seconds.items()) + TILES_GB * (tiles + nightly)
    calls = api_requests(place) + place.pictures + batches + 2 * MINUTES + NIGHTS
    return {"lambda_requests": calls, "lambda_time": gigabyte_seconds, "gateway": api_requests(place)}


def _batches(place: Place) -> float:
    return min(EVENTS_A_REPORT * place.announcements, BATCHES_AT_MOST)


def _request_seconds(place: Place) -> float:
    """Tell how long an answer takes, starting included: Lambda bills that too."""
    processor = by_count("map-speed", "our processor per view", place.live) / 1000 * WHOLE_PROCESSOR / 1024
    waiting = by_count("map-reads", "calls per view", place.live) * STORAGE_SECONDS
    return processor + waiting + place.cold * _cold_seconds() * WHOLE_PROCESSOR / 1024


def _cold_seconds() -> float:
    return figure("cold-import", "the API's module and its first client") / 1000


def _picture_seconds() -> float:
    return _cold_seconds() + PICTURE_SECONDS + figure("pictures-time", "12 MP JPEG") / 1000


def _tables(place: Place) -> dict[str, float]:
    with_picture = min(place.pictures, place.announcements)
    kinds = {"posted": place.announcements - with_picture, "posted with a picture": with_picture}
    written = sum(count * figure("map-writes", f"{kind}, all that is written") for kind, count in kinds.items())
    read = sum(count * figure("map-writes", f"{kind}, all that is read") for kind, count in kinds.items())
    looks = map_requests(place) * by_count("map-reads", "units per view as the page asks", place.live)
    minutes = MINUTES * (SWEEP_UNITS + WIDE_UNITS) + NIGHTS * place.live * MENDED_UNITS
    leaving = place.announcements * figure("map-writes", "posted, all that is written")
    kept = place.kept * REPORT_KB + place.live * INDEXED * MARKER_KB
    return {
        "table_writes": written + leaving,
        "table_reads": read + looks + minutes + API_REQUESTS_A_VISIT * visits(place),
        "table_storage": (kept + place.live * TILE_KB) / 1e6,
        "table_recovery": kept / 1e6,
    }


def _buckets(place: Place) -> dict[str, float]:
    logs = _cdn(place)["cdn_requests"] * CDN_LOG_KB / 1e6
    objects = OBJECTS_A_PICTURE * place.pictures
    return {
        "bucket_storage": place.kept_pictures * (PICTURE_MB + RENDITIONS_MB) / 1000 + logs,
        "bucket_writes": objects + NIGHTS * place.kept_pictures * OBJECTS_A_PICTURE / 1000 + place.announcements,
        "bucket_reads": 2 * place.pictures + MISSED * _pictures_asked_for(place) + visits(place),
        "backup_storage": place.kept_pictures * PICTURE_MB / 1000,
        "backup_rendition_storage": place.kept_pictures * RENDITIONS_MB / 1000,
        "backup_writes": objects,
        "backup_transfer": place.pictures * (PICTURE_MB + RENDITIONS_MB) / 1000,
    }


def _pictures_asked_for(place: Place) -> float:
    return THUMBNAILS_A_VIEW * place.views + SHOWN_A_VISIT * visits(place)


def _cdn(place: Place) -> dict[str, float]:
    seen = THUMBNAILS_A_VIEW * place.views * THUMBNAIL_MB + SHOWN_A_VISIT * visits(place) * SHOWN_MB
    return {
        "cdn_requests": api_requests(place) + FILES_A_VISIT * visits(place) + _pictures_asked_for(place),
        "cdn_traffic": (seen + PAGE_MB * visits(place) + ANSWER_MB * api_requests(place)) / 1000,
        "cdn_functions": FILES_A_VISIT * visits(place),
        "invalidations": TAKEN_AWAY * place.pictures,
    }


def _watch(place: Place) -> dict[str, float]:
    logged = LOG_KB["request"] * (api_requests(place) + place.pictures) + LOG_KB["minute"] * 2 * MINUTES
    metrics = REPLICATION_METRICS + sum(_sent(times) for times in _measured(place).values())
    watched = {"metrics": metrics, "alarms": ALARMS, "dashboards": DASHBOARDS}
    traces = sum(map(_traced, (api_requests(place), place.pictures, _batches(place), NIGHTS)))
    return {"logs": logged / 1e6, **watched, "traces": traces}


def _measured(place: Place) -> dict[Metric, float]:
    """Tell how often each metric is sent; of pictures and announcements none more often than there are any."""
    return {
        Metric.ANNOUNCEMENTS: place.announcements,
        Metric.QUERY_CALLS: map_requests(place),
        Metric.QUERY_READ_UNITS: map_requests(place),
        Metric.PICTURE_TIME: place.pictures,
        Metric.PICTURES_REFUSED: place.pictures,
        Metric.EXPIRED: place.announcements,
        Metric.TILE_DELAY: _batches(place),
        Metric.TILES_MENDED: NIGHTS,
        Metric.PICTURES_MENDED: NIGHTS,
    }


def _sent(times: float) -> float:
    """Tell in what part of a month's hours something is sent; a metric is paid by these."""
    return 1 - exp(-times / HOURS)


def _traced(calls: float) -> float:
    """Tell how many calls of a function are traced; spread over the month, most of them are the first of a second."""
    first = SECONDS * (1 - exp(-calls / SECONDS))
    return first + TRACED * (calls - first)
