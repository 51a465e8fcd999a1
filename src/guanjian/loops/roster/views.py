"""The desk of 关警联合值班: who stands when, who is there now, what the last watch left, and what the trace came to."""

from __future__ import annotations

from datetime import datetime

from guanjian.kernel.words import Names, Text
from guanjian.loops.roster.actions import open_by_hand
from guanjian.loops.roster.models import Roster
from guanjian.loops.roster.needs import TOLD
from guanjian.loops.roster.rules import now
from guanjian.loops.roster.shifts import LONGEST, REST, Shift, span
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.posts import Holder
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register
from guanjian.pages.templatetags.say import when

SHIFT = Text("{n}. {span} · 海关 {customs} · 缉私 {police}", "{n}. {span}, customs {customs}, police {police}")
PERSON = Text("{name}（{post}{courses}）", "{name} ({post}{courses})")
CERTIFIED = Text("，持证{courses}", ", certified {courses}")
LINE = Text("{at} 第{n}班 {what} {who}　{said}", "{at} shift {n}: {what} {who}  {said}")
SWAP = Text("第{n}班 {leaves} 换为 {stands_in}：{reason}", "shift {n}: {leaves} for {stands_in}: {reason}")
STOOD = Text(
    "第{n}班：海关接班 {customs_at}，缉私接班 {police_at}，交班 {handed_at}，双方同时在岗{minutes}分钟",
    "shift {n}: customs {customs_at}, police {police_at}, handed over {handed_at}, {minutes} minutes together",
)
HERE = Text("{who} 应在{until}前接班", "{who} to take up before {until}")


class What(Names):
    """What stands in the watch log."""

    TAKE_UP = "take_up", "接班", "taken up by"
    HAND_OVER = "hand_over", "交班", "handed over by"
    OPEN_CLUE = "open_clue", "移交线索", "a clue from"


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _joined(texts: list[Text]) -> Text:
    return Text("、".join(str(one.zh) for one in texts), ", ".join(str(one.en) for one in texts))


def _people(one: Roster, who: tuple[str, ...]) -> Text:
    return _joined([_person(one, each) for each in who])


def _person(one: Roster, who: str) -> Text:
    known = one.staff.get(who, {})
    courses = CERTIFIED.filled(courses="、".join(known["courses"])) if known.get("courses") else ""
    post = Holder(known["post"]).label if known.get("post") else ""
    return PERSON.filled(name=names.person(who), post=post, courses=courses)


def _shift(one: Roster, shift: Shift) -> Text:
    sides = {"customs": _people(one, shift.customs), "police": _people(one, shift.police)}
    return SHIFT.filled(n=shift.number, span=span(shift), **sides)


def _plan(one: Roster, actor: Actor) -> list[Row]:
    names.read_people({who for shift in one.watch for who in shift.people})
    return _kept(
        Row(Text("值班现场", "Site"), one.place),
        Row(Text("现场经营企业", "Enterprise of the site"), one.subject_id),
        Row(Text("自", "From"), one.from_day, "when"),
        Row(Text("至", "Until"), one.until_day, "when"),
        Row(Text("班次", "Shifts"), [_shift(one, shift) for shift in one.watch], "list"),
    )


def _now(one: Roster, actor: Actor) -> list[Row]:
    """While it is stood: who is there, who is due, what the watch before left, and the swap that waits."""
    if one.state != "running":
        return []
    at, left = now(), [row for row in one.log if row["what"] == "hand_over"]
    current = next((shift for shift in one.watch if shift.going_on(at)), None)
    due = _people(one, tuple(sorted(one.expected)))
    return _kept(
        Row(Text("当前班次", "Shift now"), _shift(one, current) if current else ""),
        Row(Text("在岗", "There now"), _people(one, tuple(sorted(one.standing))) if one.standing else ""),
        Row(
            Text("待接班", "To take up"),
            HERE.filled(who=due, until=when(current.ends)) if current and one.expected else "",
        ),
        Row(Text("上一班交代", "Left by the last watch"), left[-1]["said"] if left else "", "prose"),
        Row(Text("待批换班", "Swap asked for"), _swap(one)),
    )


def _swap(one: Roster) -> Text | str:
    if not one.swap:
        return ""
    people = {name: names.person(one.swap[name]) for name in ("leaves", "stands_in")}
    return SWAP.filled(n=one.swap["number"], reason=one.swap["reason"], **people)


def _log(one: Roster, actor: Actor) -> list[Row]:
    lines = [
        LINE.filled(at=when(row["at"]), n=row["number"], what=What(row["what"]).label, who=names.person(row["by"]),
                    said=row["said"])
        for row in one.log
    ]  # fmt: skip
    return _kept(Row(Text("值班日志", "Watch log"), lines, "list"))


def _reading(one: Roster, actor: Actor) -> list[Row]:
    """What the ledger tells of it; nobody has typed it in."""
    if one.planned is None:
        return []
    lines = [
        STOOD.filled(n=row["number"], minutes=row["minutes"],
                     **{name: when(row[name]) for name in ("customs_at", "police_at", "handed_at")})
        for row in one.watches
    ]  # fmt: skip
    told = [Row(Text(zh, en), getattr(one, name), "number") for name, zh, en in TOLD]
    return [
        *told,
        *_kept(
            Row(Text("逐班情况", "Shift by shift"), lines, "list"),
            Row(Text("值班小结", "Summary"), one.summary, "prose"),
            Row(Text("缺岗原因和改进", "Why shifts were not stood"), one.why_missed, "prose"),
        ),
    ]


def _next(one: Roster) -> datetime | None:
    """When the shift that is going on, or the next one, begins."""
    at = now()
    return next((shift.starts for shift in sorted(one.watch, key=lambda one: one.starts) if shift.ends > at), None)


DESK = register(
    Desk(
        Roster,
        Text("关员和缉私警察在同一现场同班值守：海关编排，缉私同意，公布后双方各自接班、交班；期满按留痕统计到岗和移交的线索。",
             "Officers and policemen stand watch together: drafted by customs, consented to by the police, read from the trace."),
        columns=(
            Column(Text("值班现场", "Site"), "place"),
            Column(Text("本班或下一班", "Shift now or next"), _next, "when"),
            Column(Text("至", "Until"), "until_day", "when"),
        ),
        sections=(
            Section(Text("当前", "Now"), _now),
            Section(Text("排班", "Roster"), _plan),
            Section(Text("值班日志", "Watch log"), _log),
            Section(Text("按留痕统计", "As the trace tells it"), _reading),
        ),
        related=beside,
        begin=open_by_hand,
        limits=(REST, LONGEST),
    )
)  # fmt: skip
