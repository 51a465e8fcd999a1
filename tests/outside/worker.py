"""A home of its own for the senders that are killed: `python -m tests.outside.worker stage ADDRESS` or `work`."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

RECORDS, LEASE_SECONDS = 12, 1.0


def stage(address: str) -> None:
    """The tables, a system with an open address, and records that have moved; nothing was sent yet."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from guanjian.loops.alert.actions import open_from_finding
    from guanjian.moving.verbs import advance
    from guanjian.org.actor import SYSTEM
    from guanjian.org.models import Unit
    from guanjian.outside import subscribing
    from tests import cast
    from tests.loops.findings import finding
    from tests.loops.samples import given
    from tests.outside.conftest import let_in

    cast.settle()
    made = subscribing.subscribe(let_in().pk, cast.actor("admin"), address, ["alert"])
    subscribing.open_address(made.pk, cast.actor("security"))
    unit, told = Unit.objects.get(pk="2201"), []
    for number in range(RECORDS):
        record = open_from_finding(finding(subject_id=f"E{number:04}"), unit, SYSTEM)
        for step in ("sign", "verify"):
            record = advance(record, step, cast.actor("front"), given(record, step))
        told.append(record.key)
    print(json.dumps(told))


def work() -> None:
    """A worker whose leases are short, as is the time between two sweeps."""
    from guanjian.jobs.schedule import plan
    from guanjian.jobs.worker import Worker
    from guanjian.outside import delivering
    from guanjian.outside.tasks import sweep

    delivering.LEASE = timedelta(seconds=LEASE_SECONDS)
    plan("sweep_webhooks", sweep, every=1)
    Worker(LEASE_SECONDS).run()


if __name__ == "__main__":
    from guanjian.cli import open_office

    open_office()
    stage(sys.argv[2]) if sys.argv[1] == "stage" else work()
