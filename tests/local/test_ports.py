"""Ports for servers that are about to start."""

import socket

from local.processes import free_port


def test_a_port_given_to_a_server_is_given_to_nobody_else_who_asks_for_any() -> None:
    given = [free_port() for _server in range(50)]
    assert len(set(given)) == len(given)
    others = set()
    for _other in range(5_000):  # among so many are ports that were given before, unless something rests on them
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            others.add(other.getsockname()[1])
    assert not others & set(given)
    for port in given:
        with socket.create_server(("127.0.0.1", port)):
            pass
