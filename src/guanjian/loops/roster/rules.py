"""What forbids a step of a roster: a side that is missing, no rest, leave, ties, a swap that does not fit, a shift unexplained."""

from __future__ import annotations

from datetime import datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.roster import shifts as shiftwork


def now() -> datetime:
    """This moment in China."""
    return datetime.now(CHINA)


def arranged(record, facts) -> Text | None:
    """Shifts of this period, not over, with both sides, and people who may stand them."""
    given = shiftwork.read(facts["shifts"])
    return _in_time(record, given) or both_sides(given) or record.unfit(given)


def _in_time(record, given: list[shiftwork.Shift]) -> Text | None:
    longest = record.hours(shiftwork.LONGEST)
    for shift in given:
        said = {"n": shift.number}
        if not shift.starts < shift.ends or shift.minutes > longest * 60:
            return Text("第{n}班须先起后止，且不超过{h}小时。", "Shift {n} must end after it begins, within {h} hours.").filled(
                **said, h=longest
            )  # fmt: skip
        if not record.from_day <= shift.starts.astimezone(CHINA).date() <= record.until_day:
            return Text("第{n}班不在值班期内。", "Shift {n} lies outside the period.").filled(**said)
        if shift.ends <= now():
            return Text("第{n}班已经过去，不能事后排班。", "Shift {n} is over: nothing is rostered afterwards.").filled(
                **said
            )
    return None


def both_sides(given: list[shiftwork.Shift]) -> Text | None:
    """Every shift is stood by customs and by the police."""
    for shift in given:
        if not shift.customs or not shift.police or set(shift.customs) & set(shift.police):
            return Text("第{n}班须有关员和缉私警察双方人员。", "Shift {n} needs both sides.").filled(n=shift.number)
    return None


def still_fit(record) -> Text | None:
    """Before it is published it is looked at again: somebody may be on leave by now, or on another roster."""
    return record.unfit(record.watch)


def untouched(record) -> Text | None:
    """What has begun is not withdrawn any more."""
    if record.log:
        return Text("已有人接班，不能撤销。", "Somebody has taken up a shift: it is not withdrawn.")
    return None


def swap_fits(record, facts) -> Text | None:
    """A shift to come or going on, not taken up by who leaves, with somebody of the same side who may stand it."""
    if record.swap:
        return Text("已有一项换班待批。", "A swap is waiting to be decided already.")
    return _fits(record, facts)


def swap_is_asked(record) -> Text | None:
    """There is a swap to decide on, and it still fits."""
    if not record.swap:
        return Text("没有待批的换班。", "No swap is asked for.")
    return None


def swap_still_fits(record) -> Text | None:
    """As it was asked for, looked at again."""
    return swap_is_asked(record) or _fits(record, record.swap)


def _fits(record, asked) -> Text | None:
    shift = record.shift(int(asked["number"]))
    if shift is None or shift.ends <= now():
        return Text("没有这一班次，或已经过去。", "There is no such shift, or it is over.")
    if asked["leaves"] not in shift.people or asked["stands_in"] in shift.people:
        return Text("换下的须在本班、替班的须不在本班。", "Who leaves is in the shift, who stands in is not.")
    if shiftwork.times(record.log, "take_up", shift, (asked["leaves"],)):
        return Text("此人已接班，不能换班。", "This person has taken it up already.")
    changed = shift.with_another(asked["leaves"], asked["stands_in"])
    return record.unfit([changed if one.number == shift.number else one for one in record.watch], only=changed)


def is_over(record) -> Text | None:
    """It is read when every shift is over, or was handed over by everybody who stood it."""
    if any(shift.ends > now() and not shiftwork.handed_over(record.log, shift) for shift in record.watch):
        return Text("值班期未满。", "The period is not over.")
    return None


def explained(record, facts) -> Text | None:
    """Shifts that were not stood by both sides are explained."""
    if (record.missed or record.partial) and not facts["why_missed"]:
        return Text("有{n}班缺岗或未交班，须写明原因和改进。", "{n} shifts were missed or not handed over: say why.").filled(
            n=record.missed + record.partial
        )  # fmt: skip
    return None
