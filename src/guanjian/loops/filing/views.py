"""The desk of 改革项目报备审查."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.filing.models import Filing
from guanjian.loops.filing.needs import Future, Pack
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

ALIKE = Text("{unit}：{title}（{state}）", "{unit}: {title} ({state})")


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _filed(one: Filing, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("改革要点", "What it changes"), one.summary),
        Row(Text("实施范围", "Where"), one.scope),
        Row(Text("报备材料", "Papers"), [Pack(paper).label for paper in one.papers], "list"),
        Row(Text("须补正", "Missing"), [Pack(paper).label for paper in one.missing if paper not in one.papers], "list"),
    )


def _answered(one: Filing, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("审查建议", "Proposal"), one.proposal),
        Row(Text("答复文号", "Number"), one.answer_no),
        Row(Text("答复意见", "Answer"), one.answer),
        Row(Text("修改要求", "What must change"), one.demands, "list"),
        Row(Text("可重新报备", "May be filed again from"), one.again_on, "when"),
        Row(Text("评估结论", "Conclusion"), Future(one.future).label if one.future else ""),
    )


def _elsewhere(one: Filing, actor: Actor) -> list[Row]:
    """For headquarters: what the other districts try, so that nobody goes his own way unnoticed."""
    alike = [
        ALIKE.filled(unit=names.unit(other.unit_code), title=other.title, state=other.state_label)
        for other in one.elsewhere(actor)
    ]
    return _kept(Row(Text("近期报备", "Filed lately"), alike, "list"))


DESK = register(
    Desk(
        Filing,
        Text("直属海关的改革项目经七道程序决定后报总署审查，答复同意方可施行，施行后评估；防止各自为政、各行其是。",
             "A district's reform goes to headquarters when it has passed the gates; it begins when agreed and is evaluated."),
        columns=(
            Column(Text("报备单位", "Filed by"), "unit_code", "unit"),
            Column(Text("答复文号", "Answer"), "answer_no"),
        ),
        sections=(
            Section(Text("报备", "Filed"), _filed),
            Section(Text("审查与答复", "Examination and answer"), _answered),
            Section(Text("其他关区的改革", "Reforms elsewhere"), _elsewhere),
        ),
        related=beside,
        search_fields=("title", "summary"),
    )
)  # fmt: skip
