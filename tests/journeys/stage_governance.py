"""What began weeks ago: a reform whose consultation is over, a rule whose day has come; and what the schedule does by itself.

`python -m tests.journeys.stage_governance` prints their numbers as JSON; with `turn`, it does what the schedule does every
quarter of an hour.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from guanjian.cli import open_office

REFORM = "查验统一派单改革"
RULE = "查验双人作业管理办法"
TEXT = "第一条 为规范查验作业，制定本办法。\n第二条 人工查验由两名以上关员实施。"


@contextmanager
def days_ago(days: int):
    """Within the block it is so many days ago."""
    from django.utils import timezone

    from guanjian.loops.preview import rules as gates
    from guanjian.loops.rulebook import rules

    then: datetime = timezone.localtime() - timedelta(days=days)
    with (
        patch.object(timezone, "now", lambda: then),
        patch.object(gates, "today", lambda: then.date()),
        patch.object(rules, "today", lambda: then.date()),
    ):
        yield then.date()


def reform() -> int:
    """Drafted, researched and put before the public 40 days ago; its time was over ten days ago."""
    with days_ago(40) as then:
        record = _drafted(REFORM, "reform")
        notice = {
            "notice_no": "公告2026-9",
            "channel": "门户网站",
            "consult_until": (then + timedelta(days=30)).isoformat(),
        }
        return _taken(record, ("function", "announce", notice)).pk


def rule() -> int:
    """Through all gates 50 days ago, published then, in force since five days ago."""
    from guanjian.loops.rulebook.models import Rulebook
    from tests.loops.moves import go

    with days_ago(50) as then:
        record = _drafted(RULE, "rule")
        passed = (("pass_integrity", "oversight"), ("pass_legality", "function_two"), ("pass_control", "oversight_two"))
        go(record, ("exempt", "leader"), ("consult_experts", "function"), *passed, ("decide", "leader"))
        order = {"order_no": "沪关规〔2026〕12号", "in_force_on": (then + timedelta(days=45)).isoformat()}
        return go(Rulebook.objects.get(origin=record.key), ("promulgate", "leader", order)).pk


def _drafted(title: str, kind: str):
    from guanjian.loops.preview.models import Preview
    from guanjian.moving.verbs import start
    from guanjian.org.models import Unit
    from tests.cast import actor

    given = {"kind": kind, "form": "normative", "necessity": "查验派单由现场自行掌握，尺度不一，廉政风险集中。"}
    record = start(Preview, actor("function"), Unit.objects.get(pk="2200"), title=title, level="blue", **given)
    said = {"text": TEXT, "controls": ["C-EXM-01"], "trainings": ["查验规范培训"]}
    said["parameters"] = [{"code": "exam.officers", "value": "2", "since": ""}]
    looked = {"report_no": "调研2026-4", "sampled": ["2201", "2202"], "data": "近一年查验记录三百份比对。",
              "found": "单人查验多发生在夜班，派单随意。"}  # fmt: skip
    return _taken(record, ("function", "draft", said), ("function", "research", looked))


def _taken(record, *moves):
    from guanjian.moving.verbs import advance
    from tests.cast import actor

    for who, step, facts in moves:
        record = advance(record, step, actor(who), facts)
    return record


def main(what: str = "") -> None:
    """Lay both out, or let the schedule turn."""
    open_office()
    from guanjian.crossing import execution
    from guanjian.loops.rulebook.actions import turn_the_page

    if what == "turn":
        print(json.dumps({"turned": turn_the_page(), "measured": execution.measure_all(None)}))
    else:
        print(json.dumps({"reform": reform(), "rule": rule()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
