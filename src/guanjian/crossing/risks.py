"""What becomes of the judgement of a week? Risks opened with their owners, followed week by week, known again when they come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from guanjian.ingest.lake import Lake
from guanjian.kernel.risks import Judgement, Risk, Stage
from guanjian.kernel.words import Text
from guanjian.lenses.judged import papers_of
from guanjian.loops.register.actions import open_from_paper, unit_of
from guanjian.loops.register.flow import S
from guanjian.loops.register.models import Register
from guanjian.loops.register.told import judged
from guanjian.moving.verbs import advance, note
from guanjian.org.actor import SYSTEM, Actor

EVENT = "risks.judged"
WORSE = "研判升为“{stage}”，接受的前提已变。"
MOVED = Text("截至{week}连续两次研判改判：{why}", "Judged so twice running, last in {week}: {why}")


@dataclass
class Followed:
    """How many risks of one judgement were opened (of them returned), judged again, fell quiet, were taken up again, moved."""

    opened: int = 0
    returned: int = 0
    judged: int = 0
    quiet: int = 0
    resumed: int = 0
    moved: int = 0

    @property
    def any(self) -> bool:
        """True when something was new."""
        return bool(self.opened or self.judged or self.quiet)


@transaction.atomic
def follow(paper: Judgement, actor: Actor = SYSTEM) -> Followed:
    """Bring the register to the judgement of one week; the same paper again, or an older one, changes nothing."""
    told = Followed()
    held = {one.lineage: one for one in Register.objects.filter(closed_at=None)}
    for risk in paper.risks:
        record = held.pop(risk.lineage_id, None)
        if record is None:
            _opened(risk, paper.week, actor, told)
        elif paper.week > record.week:
            _judged(record, risk, paper.week, told)
    for record in held.values():
        if not record.quiet_since and paper.week > record.week:
            advance(record, "fall_quiet", SYSTEM, {"quiet_since": paper.week})
            told.quiet += 1
    if told.any:
        note(EVENT, f"week/{paper.week}", actor, {"run": paper.run_id, **vars(told)})
    return told


def _opened(risk: Risk, week: str, actor: Actor, told: Followed) -> None:
    """From the first alarm on; what was closed or refuted only when it comes back."""
    if risk.stage is Stage.LATENT:
        return
    earlier = Register.objects.filter(lineage=risk.lineage_id).exclude(closed_at=None).order_by("-pk").first()
    if earlier is not None and not _comes_back(earlier, risk, week):
        return
    open_from_paper(risk, week, actor, earlier)
    told.opened += 1
    told.returned += earlier is not None


def _comes_back(earlier: Register, risk: Risk, week: str) -> bool:
    """A closed one when it is ripe again; what was called a false alarm only riper than then, or after it had ended."""
    if week <= earlier.week:
        return False
    if earlier.state == S.CLOSED:
        return True
    away = any(one.after == "returned" and one.week > earlier.week for one in risk.changes)
    return away or risk.stage.rank > Stage(earlier.stage).rank


def _judged(record: Register, risk: Risk, week: str, told: Followed) -> None:
    """One more week; where the rest of a risk was accepted and it ripens, it is treated again."""
    before, owner = Stage(record.stage), record.owner_said
    record = advance(record, "judge", SYSTEM, judged(risk, week, record.week))
    told.judged += 1
    if record.state == S.ACCEPTED and risk.stage.rank > before.rank:
        record = advance(record, "resume", SYSTEM, {"reason": WORSE.format(stage=risk.stage.label.zh)})
        told.resumed += 1
    if record.owner_said == owner and not record.ruled and unit_of(owner) != record.unit_code:
        _moved(record, risk, week)
        told.moved += 1


def _moved(record: Register, risk: Risk, week: str) -> None:
    """The rule of responsibility named another unit in two judgements running: the risk goes there, and says why."""
    said = MOVED.filled(week=week, why=risk.owner.reason)
    facts = {"to_unit": unit_of(record.owner_said), "owner_kind": str(risk.owner.kind)}
    advance(record, "reassign", SYSTEM, {**facts, "reason": said.zh, "reason_en": said.en})


def last_whole_week(today: date) -> str:
    """The newest week that is over."""
    year, week, _ = (today - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02}"


def judge_newest(lake: Lake, today: date) -> Judgement | None:
    """The judgement of the newest whole week that has data, with those missing before it; None where there is no data.

    A week that is judged already is read, not measured again. Weeks without data are not judged: nothing fell quiet there.
    """
    from guanjian.engine.session import Session
    from guanjian.risk.gather import gather
    from guanjian.risk.rules import Rules
    from guanjian.risk.weekly import Desk, read, run

    folder, last = papers_of(lake.root), last_whole_week(today)
    if (folder / f"{last}.run.json").exists():
        return read(folder / f"{last}.json")
    if not lake.tables():
        return None
    with Session(lake) as session:
        desk = Desk(folder, gather(session), Rules(alarms_a_year=settings.GUANJIAN_ALARMS_A_YEAR), session.batches_used)
    weeks = [week for week in desk.gathered.table["week"].unique() if week <= last]
    return run(desk, max(weeks)) if weeks else None
