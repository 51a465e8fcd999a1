"""What an officer's indicator asks of the analysis: a preview and a back-test are jobs, measured on the whole period."""

from __future__ import annotations

from guanjian.crossing.measuring import measure_indicator
from guanjian.kernel.flow import Facts
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp
from guanjian.org.actor import Actor


def preview(indicator: Record, actor: Actor, facts: Facts) -> None:
    """A preview is measured on the whole period as a job; its result comes back on the indicator."""
    measure_indicator.enqueue(indicator.pk, "preview", indicator.fingerprint())


def back_test(indicator: Record, actor: Actor, facts: Facts) -> None:
    """A back-test is measured on the whole period as a job, for the formula as it is now and no other."""
    measure_indicator.enqueue(indicator.pk, "ask_back_test", indicator.fingerprint())


CHAIN: dict[str, list[FollowUp]] = {"indicator.preview": [preview], "indicator.ask_back_test": [back_test]}
