"""Where requests come from, as far as we want to know: the network, never the address."""

import ipaddress
import re
from dataclasses import dataclass

NOWHERE = "nowhere"  # all whose address cannot be read share one network
PREFIXES = {4: 24, 6: 48}  # bits: a household's, a small company's, a site's
_VIEWER = re.compile(r"\[?([0-9A-Fa-f.:]{2,45}?)\]?:\d{1,5}")


@dataclass(frozen=True)
class Sender:
    """What a request tells of where it comes from.

    `source_ip` is who is connected to the gateway, `viewer_address` who the CDN says is connected to it, as
    `address:port`; that is believed only with the `origin_key`, which the CDN alone knows.
    """

    source_ip: str = ""
    viewer_address: str = ""
    origin_key: str = ""

    def network(self, *, through_cdn: bool) -> str:
        """Name the network, `203.0.113.0/24` or `2001:db8:1::/48`."""
        viewer = _VIEWER.fullmatch(self.viewer_address.strip()) if through_cdn else None
        return (viewer and network_of(viewer[1])) or network_of(self.source_ip) or NOWHERE


def network_of(address: str) -> str | None:
    """Name the network of an address, or None when it is none."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or ipaddress.IPv6Address(int(found))  # without a zone
    return str(ipaddress.ip_network((found, PREFIXES[found.version]), strict=False))
