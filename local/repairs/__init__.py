"""What ministack 1.5.33 does otherwise than AWS, put right before it serves.

Each repair says why it is here; tests/local/test_repairs.py fails for one that is no longer needed.
"""

from __future__ import annotations

from collections.abc import Callable

from local.repairs import gateway, objects, packages, services, streams, tables

REPAIRS: tuple[Callable[[], None], ...] = (
    gateway.import_rest_apis_with_their_body,
    gateway.take_an_empty_compression_size_as_none,
    gateway.weigh_only_the_first_accepted_type,
    gateway.show_the_host_that_the_client_asked,
    services.make_functions_active_at_once,
    packages.unpack_each_package_once,
    services.trust_only_our_own_root_key,
    services.ask_for_rights_on_the_parameters_read,
    services.find_queues_after_a_change_of_port,
    services.forget_the_oldest_logs,
    objects.keep_the_ids_of_replicated_versions,
    tables.compare_key_ranges_without_parsing,
    streams.deliver_streams_by_their_settings,
    streams.keep_streams_over_a_restart,
)


def apply_all() -> None:
    """Repair ministack in this process, before it serves its first request."""
    for repair in REPAIRS:
        repair()
