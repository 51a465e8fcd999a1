"""Which unit is due for the inspection that its class asks for? A task of the level above, which opens by itself, once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from guanjian.kernel.workdays import Limit, add_months
from guanjian.loops.classing.flow import PROPOSED
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.needs import Grade
from guanjian.loops.task.actions import Assigned, assign
from guanjian.loops.task.flow import FLOW
from guanjian.loops.task.models import Task
from guanjian.loops.task.needs import Kind, Source
from guanjian.org.actor import SYSTEM
from guanjian.org.calendar import in_force
from guanjian.org.models import Unit
from guanjian.org.posts import Post, UnitLevel

AHEAD = Limit(30, "cd", PROPOSED, "limit.classing.inspection_ahead")  # before the months between two are over
WHAT = "检查{unit}（{grade}，每{months}个月至少一次，应于{due}前完成）"
WHY = "{classing}：本单位为{grade}，每{months}个月至少检查一次；上次检查（或首次分类执行）为{last}。"
STANDARD = "现场检查已完成，形成检查记录；发现的问题已登记整改，未发现问题的写明检查范围和抽查数量。"


def turn(day: date | None = None) -> dict[str, int]:
    """Open the inspections that are due; how many. Asking again opens nothing."""
    today = day or timezone.localdate()
    return {"inspections": sum(inspect(one, today) for one in Classing.objects.on(today))}


def inspect(one: Classing, today: date) -> bool:
    """One inspection to a term, counted from the last that ended, or from the first class that the unit was given."""
    asked, unit = one.asked(one.unit_class), Unit.objects.select_related("parent").get(pk=one.unit_code)
    if asked is None or unit.parent is None:
        return False
    classings = list(Classing.objects.filter(unit_code=one.unit_code, since__isnull=False).order_by("since", "pk"))
    before = list(_inspections(classings))
    if any(task.state not in FLOW.ends for task in before):
        return False
    last = max((task.finished_on or task.finish_by for task in before), default=classings[0].since)
    due, ahead = add_months(last, asked.inspect_months), timedelta(days=in_force(AHEAD, today).amount)
    if due - ahead > today:
        return False
    told = {"unit": unit.name_zh, "grade": Grade(one.unit_class).label.zh, "months": asked.inspect_months}
    given = Assigned(
        WHAT.format(**told, due=due),
        unit.parent_id,
        _inspector(unit.parent),
        max(due, today + ahead).isoformat(),
        STANDARD,
        WHY.format(**told, classing=one.key, last=last),
        source=Source.INSPECTION,
        kind=Kind.COMPREHENSIVE,
    )
    assign(one, unit.parent, SYSTEM, given)
    return True


def _inspections(classings: list[Classing]) -> QuerySet[Task]:
    """The inspections that the classes of one unit asked for, withdrawn ones too: what was withdrawn comes a term later."""
    origins = [one.key for one in classings]
    return Task.objects.filter(origin__in=origins, source=Source.INSPECTION.value).order_by("pk")


def _inspector(above: Unit) -> str:
    """Who inspects what lies below: oversight, or the head of the house where there is none."""
    return (Post.HOUSE_LEADER if above.level == UnitLevel.HOUSE else Post.OVERSIGHT).value
