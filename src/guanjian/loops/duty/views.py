"""The desk of 一岗双责."""

from __future__ import annotations

from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.loops.duty.actions import open_list
from guanjian.loops.duty.models import Duty
from guanjian.loops.duty.needs import Fault, Grade, Led, Outcome, Weight
from guanjian.loops.duty.rules import TO_OBJECT, named
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import DESKS, Column, Desk, Row, Section, register

SHOWN = 40
COUNTED = Text("{what}：应有{least}次，留痕{found}次 · {met}", "{what}: {least} owed, {found} in the trace · {met}")
MET, SHORT, NONE = Text("达到", "met"), Text("不足", "short"), Text("无留痕", "not evidenced")
STEP = Text("{what}：{key} {step}（{at}）", "{what}: {key} {step} ({at})")
FOUND = Text("{key}（{at}）", "{key} ({at})")
AGAINST = Text("{fault}：{key}（{at}）· {weight}", "{fault}: {key} ({at}) · {weight}")
SPAN = Text("{a} 至 {b}", "{a} to {b}")


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _list(duty: Duty, actor: Actor) -> list[Row]:
    """The list, each duty with what the trace shows of it: nothing else counts."""
    return _kept(
        Row(Text("责任人", "Person"), duty.subject_id, "person"),
        Row(Text("岗位", "Post"), Led(duty.post).label if duty.post else ""),
        Row(Text("履责期", "Period"), SPAN.filled(a=duty.period_from, b=duty.period_until) if duty.period_from else ""),
        Row(Text("清单与留痕", "Duties and trace"), [_counted(row) for row in duty.counted()], "list"),
        Row(Text("说明", "Note"), Text("只计责任人以本岗位办理、账本有记录的步骤；隔离区内的不计。",
                                     "Only steps that the person took in this post count; compartments are left out.")),
    )  # fmt: skip


def _counted(row: dict[str, str]) -> Text:
    met = MET if int(row["found"]) >= int(row["least"]) else SHORT if int(row["found"]) else NONE
    return COUNTED.filled(what=named(row), least=row["least"], found=row["found"], met=met)


def _evidence(duty: Duty, actor: Actor) -> list[Row]:
    """The steps themselves, newest first."""
    lines = [
        STEP.filled(what=named(row), key=row["key"], step=_step(row), at=row["at"]) for row in reversed(duty.evidence)
    ]
    touched = list(dict.fromkeys(row["key"] for row in reversed(duty.evidence)))[:SHOWN]
    taken = Text("账本至第{n}条，哈希 {h}", "ledger up to entry {n}, hash {h}").filled(
        n=duty.upto, h=duty.traced_hash[:16]
    )
    return _kept(
        Row(Text("步骤", "Steps"), lines[:SHOWN], "list"),
        Row(Text("事项", "Matters"), [(key, f"/{key}/") for key in touched], "links"),
        Row(Text("取证", "Taken"), taken if duty.traced_hash else ""),
    )


def _step(row: dict[str, str]) -> Text:
    loop = row["key"].partition("/")[0]
    return DESKS[loop].model.FLOW.name_of(row["step"])


def _both_ways(duty: Duty, actor: Actor) -> list[Row]:
    """What speaks for the person and what against, from the trace."""
    found = [FOUND.filled(key=row["key"], at=row["at"]) for row in duty.credits]
    against = [
        AGAINST.filled(
            fault=Fault(row["fault"]).label, key=row["key"], at=row["at"], weight=Weight(row["weight"]).label
        )
        for row in duty.faults
    ]
    return _kept(
        Row(Text("主动发现（先于他人）", "Found first by the unit itself"), found, "list"),
        Row(Text("失职线索", "What speaks against"), against, "list"),
    )


def _heard(duty: Duty, actor: Actor) -> list[Row]:
    said = duty.facts.get("state", {})
    return _kept(
        Row(Text("业务条线", "Business line"), said.get("business", "")),
        Row(Text("廉政条线", "Integrity line"), said.get("integrity", "")),
        Row(Text("存在问题", "Shortfall"), said.get("shortfall", "")),
        Row(Text("指认漏计（已与账本核对）", "Said to be missed (checked)"), duty.missed, "list"),
        Row(Text("异议", "Objection"), duty.facts.get("object", {}).get("grounds", "")),
        Row(Text("异议答复", "Answer"), _answered(duty)),
    )


def _answered(duty: Duty) -> str:
    last = duty.facts.get("amend") or duty.facts.get("uphold") or {}
    return last.get("answer", "")


def _judged(duty: Duty, actor: Actor) -> list[Row]:
    until = duty.told_on + TO_OBJECT if duty.told_on and duty.state == "told" else None
    return _kept(
        Row(Text("等次", "Grade"), _grade(duty)),
        Row(Text("结果运用", "What comes of it"), Outcome(duty.outcome).label if duty.outcome else ""),
        Row(Text("尽职情形", "Due diligence"), duty.diligence),
        Row(Text("考评意见", "Assessment"), duty.opinion),
        Row(Text("可提出异议至", "May be objected to until"), until, "when"),
    )


def _grade(duty: Duty) -> Text | str:
    return Grade(duty.grade).label if duty.grade else ""


def _short(duty: Duty) -> Text | None:
    """Why it stands out: what is not evidenced yet."""
    missing = len(duty.missing())
    return Text("{n}项留痕不足", "{n} short").filled(n=missing) if missing and not duty.is_closed else None


DESK = register(
    Desk(
        Duty,
        Text("领导干部一岗双责：清单由上一级建立，履责情况只从留痕取证；本人述责，上一级考评、第二人复核，可提出异议；主动发现予以鼓励，失职追责。",
             "A leader's two lines of duty: drawn up above, evidenced by the trace alone, heard, assessed by two, open to objection."),
        columns=(
            Column(Text("责任人", "Person"), lambda duty: (Subject.OFFICER, duty.subject_id), "subject"),
            Column(Text("履责期止", "Until"), "period_until", "when"),
            Column(Text("等次", "Grade"), _grade),
        ),
        sections=(
            Section(Text("履责清单", "List of duties"), _list),
            Section(Text("考评结果", "Assessment"), _judged),
            Section(Text("主动发现与失职线索", "For and against"), _both_ways),
            Section(Text("述责与异议", "What the person says"), _heard),
            Section(Text("留痕明细", "The trace"), _evidence),
        ),
        why=_short,
        related=beside,
        begin=open_list,
    )
)  # fmt: skip
