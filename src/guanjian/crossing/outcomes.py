"""Cases teach detectors: what closed alerts decided becomes the lake's `outcomes`."""

from __future__ import annotations

from guanjian.crossing.into_lake import publish_rows
from guanjian.ingest.lake import Lake
from guanjian.kernel.papers import Outcome
from guanjian.loops.alert.actions import outcomes_since


def publish(lake: Lake) -> int:
    """Publish every outcome; what the lake has already is a duplicate there. Integrity leads never leave the office."""
    return publish_rows(lake, "outcomes", [_row(outcome) for outcome in outcomes_since()])


def _row(outcome: Outcome) -> dict:
    return {name: getattr(outcome, name) for name in Outcome.__dataclass_fields__} | {
        "subject_type": str(outcome.subject_type),
        "verdict": str(outcome.verdict),
    }
