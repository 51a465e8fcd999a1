"""风险台账: a risk that spreads along a line and is treated, one that was closed once latent, one that was a false alarm."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjian.crossing.examples.place import Place, day
from guanjian.crossing.risks import follow
from guanjian.customs.codes import districts
from guanjian.kernel.papers import Level
from guanjian.kernel.risks import Answerable, Change, Judgement, Owner, Reach, Risk, RiskCell, Shape, Stage
from guanjian.kernel.words import Text
from guanjian.loops.register.models import Register

LINE = "CLR-EXAM"
SPREADING, CLOSED, FALSE = "R-SIM-1", "R-SIM-2", "R-SIM-3"
STAGES = (Stage.EMERGING, Stage.EMERGING, Stage.TRENDING, Stage.TRENDING)
LEVELS = {Stage.LATENT: Level.BLUE, Stage.EMERGING: Level.YELLOW, Stage.TRENDING: Level.ORANGE}
WHY = Text("模拟：形态和归属随研判写明。", "Simulated: shape and owner as judged.")
BASIS = Text("模拟：示例数据。", "Simulated: made for the example.")
TITLES = {
    SPREADING: Text("模拟：查验环节夜班放行偏高", "Simulated: night releases are high in examination"),
    CLOSED: Text("模拟：本关取样送检超期偏多", "Simulated: samples are sent late in one house"),
    FALSE: Text("模拟：关区退单偏多", "Simulated: many returned declarations in a district"),
}
REASON = {"reason": "模拟：退单偏多系系统升级当周重复计数，已逐票核对。"}


def play(place: Place) -> None:
    """Four weeks are judged and followed; people take on, dispute, treat and close in between."""
    for number, stage in enumerate(STAGES):
        follow(_paper(place, number, stage))
        if number == 0:
            _first_week(place)
    place.take(_record(CLOSED), ("risk", "close", {"effect": "模拟：连续两周回到正常范围，抽查二十票均按期送检。"}))


def _first_week(place: Place) -> None:
    claim = {"factor": "system", "consequence": "3", "view": "模拟：夜班派单规则有漏洞。"}
    ours, theirs = "0000.function", "house_leader"
    measure = {"what": "夜班查验双人到场、系统派单", "unit": "模拟·查验管理处", "by": day(30)}
    plan = {"measures": [measure], "review_on": day(60)}
    told = {"progress": "模拟：派单规则已在两个关区试行。"}
    place.take(_record(SPREADING), (ours, "take_on", claim), (ours, "plan", plan), (ours, "report", told))
    review = {"residual": "low", "opinion": "模拟：送检台账改为系统提醒，超期已清零。"}
    own = {**claim, "consequence": "2", "view": "模拟：送检无提醒。"}
    place.take(_record(CLOSED), (theirs, "take_on", own), (theirs, "plan", plan), (theirs, "review", review))
    place.take(_record(FALSE), ("leader", "dispute", REASON), ("risk", "refute", REASON))


def _record(lineage: str) -> Register:
    return Register.objects.get(lineage=lineage, closed_at=None)


def _paper(place: Place, number: int, stage: Stage) -> Judgement:
    """Of the second and third risk: the second is latent from the second week on, the third is seen once."""
    single = Owner(Answerable.UNIT, place.house, LINE, (place.district,), WHY)
    of_district = Owner(Answerable.LEADERSHIP, place.district, "", (), WHY)
    department = Owner(Answerable.DEPARTMENT, "0000", LINE, (), WHY)
    reached = tuple(one.code for one in districts()[: 3 + 5 * number])
    found = [_risk(SPREADING, (number, stage, Shape.SYSTEMIC), department, reached)]
    calmer = Stage.EMERGING if number == 0 else Stage.LATENT
    found.append(_risk(CLOSED, (number, calmer, Shape.SINGLE), single, (place.house,)))
    if number == 0:
        found.append(_risk(FALSE, (number, stage, Shape.REGIONAL), of_district, (place.district,)))
    return Judgement(_week(number), "example", tuple(found))


def _week(number: int) -> str:
    year, week, _ = (timezone.localdate() - timedelta(weeks=len(STAGES) - number)).isocalendar()
    return f"{year}-W{week:02}"


def _risk(lineage: str, seen: tuple[int, Stage, Shape], owner: Owner, units: tuple[str, ...]) -> Risk:
    number, stage, shape = seen
    observed, expected, week = 4.0 + 3 * len(units), 2.0 + len(units), _week(number)
    said = Text(
        "{title}，近六周{n:.0f}起，应有{due:.1f}起。", "{title}: {n:.0f} cases in six weeks, {due:.1f} expected."
    )
    said = said.filled(title=TITLES[lineage], n=observed, due=expected)
    figures = {"observed": observed, "expected": expected, "relative_risk": round(observed / expected, 2), "p": 0.004}
    row = {"week": week, "stage": str(stage), "units": list(units), "observed": observed, "expected": expected}
    return Risk(
        lineage,
        TITLES[lineage],
        LINE,
        ("EXM-02",),
        units,
        _week(0),
        stage,
        Reach.LOCAL,
        shape,
        owner,
        LEVELS[stage],
        RiskCell("system", BASIS, said, 3, BASIS, 0.6, None, 0.36),
        said,
        figures,
        (Change(week, "stage", "", str(stage), {"observed": observed, "expected": expected}),),
        (row,),
    )
