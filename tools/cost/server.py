"""What a user would rent instead: small servers with PostGIS and a disk, and nobody's time to look after them."""

from math import ceil

from tools.cost.measured import COUNTS, figure
from tools.cost.place import PICTURE_MB, RENDITIONS_MB, Place
from tools.cost.prices import PriceList
from tools.cost.use import MINUTES, api_requests

PROCESSORS, BUSY = 2, 0.5  # of a server, and how much of them may be at work at the busiest time
PEAK = 5  # times the average of a month
WIDE_VIEWS = 0.1  # of all views, those that show half the world and count a year
OWN_DISK_GB = 20  # of a server, that are left for pictures


def servers(place: Place) -> int:
    """Tell how many it takes: the processor of PostGIS and of the program before it, at the busiest time."""
    wide = figure("map-speed", f"views up to z4, 12 months, on PostGIS, {COUNTS[-1]:,}") * place.live / COUNTS[-1]
    narrow = figure("map-speed", f"narrow views on PostGIS, {COUNTS[-1]:,}")
    answer = figure("map-speed", f"our processor per view, {COUNTS[0]:,}")  # to write what the database found
    seconds = (WIDE_VIEWS * wide + (1 - WIDE_VIEWS) * narrow + answer) / 1000
    at_once = PEAK * api_requests(place) / (MINUTES * 60) * seconds
    return max(1, ceil(at_once / (PROCESSORS * BUSY)))


def rent(place: Place, known: PriceList) -> float:
    """Tell what they cost in a month, in USD: with backups, and with disks for the pictures."""
    count = servers(place)
    disk = max(0.0, place.kept_pictures * (PICTURE_MB + RENDITIONS_MB) / 1000 - OWN_DISK_GB)
    needed = {"server": count, "server_backup": count, "server_disk": ceil(disk)}
    return sum(known.prices[name].of(quantity) for name, quantity in needed.items())
