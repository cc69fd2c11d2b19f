"""Where requests come from: the network, and only our own CDN is believed."""

import pytest

from chalicelib.domain.networks import NOWHERE, Sender, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.255", "203.0.113.0/24"),
        (" 127.0.0.1 ", "127.0.0.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", None),
        ("unknown", None),
        ("203.0.113", None),
        ("203.0.113.7, 10.0.0.1", None),
        ("1" * 5000, None),
    ],
)
def test_an_address_belongs_to_a_network(address: str, network: str | None) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("viewer", "network"),
    [
        ("198.51.100.9:46532", "198.51.100.0/24"),
        ("2001:db8:1::7:46532", "2001:db8:1::/48"),
        ("[2001:db8:1::7]:46532", "2001:db8:1::/48"),
        ("198.51.100.9", "203.0.113.0/24"),
        ("nobody:1", "203.0.113.0/24"),
        ("", "203.0.113.0/24"),
    ],
)
def test_the_cdn_tells_who_is_connected_to_it(viewer: str, network: str) -> None:
    assert Sender("203.0.113.7", viewer).network(through_cdn=True) == network


def test_nobody_else_is_believed() -> None:
    assert Sender("203.0.113.7", "198.51.100.9:46532").network(through_cdn=False) == "203.0.113.0/24"


def test_who_comes_from_nowhere_shares_one_network() -> None:
    assert Sender().network(through_cdn=True) == Sender("?").network(through_cdn=False) == NOWHERE
