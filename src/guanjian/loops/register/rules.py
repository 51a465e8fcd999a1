"""What forbids a step in the register: a grade beyond own means, a day that does not fit, a risk that is still ripe."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from guanjian.kernel.risks import Stage
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.register.needs import Grade

HEADQUARTERS = "0000"
AT_MOST = timedelta(days=366)
WEEK = re.compile(r"\d{4}-W\d{2}")


def within_means(record, facts) -> Text | None:
    """The top grade is no unit's own to treat: it goes to headquarters at once."""
    if facts["consequence"] == Grade.FIVE and record.unit_code != HEADQUARTERS:
        return Text(
            "后果5级超出本单位处置能力，请用“上交总署”移交，不在本单位认领。",
            "Grade 5 is beyond a unit's own means: hand it up to headquarters instead of taking it on.",
        )
    return None


def is_below(record) -> Text | None:
    """Above headquarters there is nobody."""
    if record.unit_code == HEADQUARTERS:
        return Text("本件已在总署，无须上交。", "It is with headquarters already.")
    return None


def not_ruled_yet(record) -> Text | None:
    """Whose it is, is ruled once; what goes beyond own means is handed up."""
    if "keep_owner" in record.hands:
        return Text(
            "归属已经裁定，请认领；超出能力的，上交总署。",
            "It was ruled whose it is: take it on, or hand it up.",
        )
    return None


def not_ruled_by_people(record) -> Text | None:
    """What people ruled, or handed up, no rule takes from them."""
    if record.ruled:
        return Text(
            "归属已由人裁定，不随研判自动改变。", "People ruled whose it is: no judgement changes that by itself."
        )
    return None


def another_unit(record, facts) -> Text | None:
    """It is passed on to a unit that is there, and not to where it lies already."""
    if facts["to_unit"] == record.unit_code:
        return Text("本件已在该单位。", "It lies with this unit already.")
    if not record.is_a_unit(facts["to_unit"]):
        return Text(
            "没有单位“{code}”，请填写海关单位代码。", "There is no customs unit “{code}”: give its code."
        ).filled(code=facts["to_unit"])
    return None


def planned_days(record, facts) -> Text | None:
    """Every measure has its day, and the review comes after the last of them, within a year."""
    days = [date.fromisoformat(row["by"]) for row in facts["measures"]]
    if min(days) < _today():
        return Text("措施期限不能早于今天。", "A measure cannot be due before today.")
    if max(days) > date.fromisoformat(facts["review_on"]):
        return Text("评估日期不能早于各项措施的期限。", "The review comes after the last measure.")
    return review_ahead(record, facts)


def review_ahead(record, facts) -> Text | None:
    """A review lies ahead, and within a year: no risk is out of sight for longer."""
    ahead = date.fromisoformat(facts["review_on"]) - _today()
    if timedelta(0) < ahead <= AT_MOST:
        return None
    return Text("评估日期须在今天之后、一年以内。", "The review must lie ahead, within a year.")


def no_longer_ripe(record) -> Text | None:
    """A risk is not closed while the newest judgement still sees more of it than a latent one."""
    if record.quiet_since or Stage(record.stage) is Stage.LATENT:
        return None
    return Text(
        "{week}的研判仍为“{stage}”，降到潜伏或平息后方可销账。",
        "The judgement of {week} still says “{stage}”: it is closed once latent or quiet.",
    ).filled(week=record.week, stage=Stage(record.stage).label)


def newer_week(record, facts) -> Text | None:
    """Every week is judged once, in its order."""
    if not WEEK.fullmatch(facts["week"]):
        return Text("研判周写作 2026-W10。", "A week is written 2026-W10.")
    if facts["week"] <= record.week:
        return Text("{week}已经研判过。", "{week} was judged already.").filled(week=facts["week"])
    return None


def _today() -> date:
    return datetime.now(CHINA).date()
