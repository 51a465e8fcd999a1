"""The catalogue and its budget: signals are listed in the lake for the console; the budget of false alarms judges the run."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from guanjian.engine.run import Rules
from guanjian.ingest.lake import Lake
from guanjian.ingest.manifest import write_durably
from guanjian.lenses.signals import FILE
from guanjian.org.models import Parameter
from guanjian.signals import catalogue

BUDGET = "budget.false_alarms_a_month"


def publish(lake: Lake) -> None:
    """List the signals of the code in the lake, where the console reads them."""
    rows = [
        {
            "code": one.code,
            "zh": one.title.zh,
            "en": one.title.en,
            "line": one.line,
            "subject": str(one.subject),
            "statistical": one.statistical,
        }
        for one in catalogue.catalogue().values()
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    file = lake.root / FILE
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        write_durably(file, text)


def rules(lake: Lake, on: date) -> Rules:
    """How a run judges on this day: within the budget that was decided, or by each detector's own share while none was."""
    decided = budget(on)
    return Rules() if decided is None else Rules(budget=float(decided * months(lake)))


def budget(on: date) -> int | None:
    """How many false alarms a month were decided on; None while nothing was."""
    row = Parameter.objects.filter(code=BUDGET, since__lte=on).order_by("-since").first()
    return row.value["amount"] if row else None


def months(lake: Lake) -> int:
    """Over how many months of declarations the catalogue is run."""
    return max(len({Path(file).parent.name for file in lake.files("declarations")}), 1)
