"""What forbids a step of a filing."""

from __future__ import annotations

from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.filing.needs import Pack


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def pack_is_whole(record) -> Text | None:
    """A filing without all its papers is not accepted; they are asked for."""
    if missing := [paper.label for paper in Pack if paper not in record.papers]:
        said = Text("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        return Text("报备材料不齐：{what}，应要求补正。", "Papers are missing: {what}. Ask for them.").filled(what=said)
    return None


def really_missing(record, facts) -> Text | None:
    """Only what is not there is asked for."""
    if there := [Pack(one).label for one in facts["missing"] if one in record.papers]:
        said = Text("、".join(one.zh for one in there), ", ".join(one.en for one in there))
        return Text("已经报送：{what}。", "Filed already: {what}.").filled(what=said)
    return None


def day_ahead(record, facts) -> Text | None:
    """A pause ends on a day that lies ahead."""
    if date.fromisoformat(facts["again_on"]) <= today():
        return Text("可重新报备的日期须在今天之后。", "That day must lie ahead.")
    return None


def pause_is_over(record) -> Text | None:
    """What was suspended is not filed again before its day."""
    if record.again_on and today() < record.again_on:
        return Text("暂缓期未满，{day}起可重新报备。", "It is suspended until {day}.").filled(day=record.again_on)
    return None
