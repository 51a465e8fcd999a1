"""Temporal profiles of real logs: pairs, departures and cases at two widths."""

import json

import pytest

from guanjian.engine.controls.profile import temporal_profile
from tests.known_answers.event_logs import asked

LOGS = ("receipt", "purchasing_example", "traffic_fines", "bpic2013_incidents")


@pytest.mark.parametrize("log", LOGS)
def test_pairs_and_departures_are_those_of_the_reference(shared, log):
    wanted = json.loads(shared("data/eventlogs/expected.json").read_text())["logs"][log]["temporal_profile"]
    run = asked(shared(f"data/eventlogs/{log}.parquet"), {})
    for zeta in (2, 6):
        found = temporal_profile(run.connection, zeta)
        assert found.pairs == wanted["pairs"]
        assert {"deviations": found.departures, "cases": found.objects} == wanted[f"zeta_{zeta}"]


def test_the_customs_log_departs_in_sixty_five_cases(shared):
    run = asked(shared("data/eventlogs/customs_ops_synth.parquet"), {})
    found = temporal_profile(run.connection, 6)
    assert (found.pairs, found.departures, found.objects) == (109, 227, 65)
