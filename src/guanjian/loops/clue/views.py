"""The desk of 线索移交."""

from __future__ import annotations

from guanjian.kernel.offences import Gap, Modus
from guanjian.kernel.words import Text
from guanjian.loops.clue.actions import open_by_hand
from guanjian.loops.clue.models import Clue
from guanjian.loops.clue.needs import Source
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

FILED_AS = {"criminal": Text("刑事立案", "Criminal"), "administrative": Text("行政立案", "Administrative")}


def _form(clue: Clue, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("来源", "Source"), Source(clue.source).label if clue.source else ""),
        Row(Text("线索情况", "Suspicion"), clue.summary),
        Row(Text("涉嫌手法", "Modus"), [Modus(one).label for one in clue.modus], "list"),
        Row(Text("涉案企业", "Enterprises"), clue.enterprises, "list"),
        Row(Text("涉案商品", "Goods"), clue.hs_code),
        Row(Text("案值估算", "Estimated value"), clue.value_cny, "money"),
        Row(Text("涉税估算", "Estimated duty evaded"), clue.evaded_cny, "money"),
    ]
    return [row for row in rows if row.value]


def _learned(clue: Clue, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("立案", "Filed as"), FILED_AS.get(clue.filed_as, "")),
        Row(Text("立案文书号", "Filing number"), clue.filing_no),
        Row(Text("漏洞", "Loophole"), Gap(clue.gap_code).label if clue.gap_code else ""),
        Row(Text("漏洞描述", "What it is"), clue.gap_description),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Clue,
        Text("线索由海关移交缉私，按法定时限签收、审查、立案、反馈；没有反馈、没有堵漏（或经会签确认无漏洞），线索不能闭环。",
             "Customs hands clues to the police by the statutory clock; none closes without feedback and a plugged loophole."),
        columns=(
            Column(Text("对象", "Subject"), lambda clue: clue, "subject"),
            Column(Text("案值估算", "Value"), "value_cny", "money"),
        ),
        sections=(
            Section(Text("移送书", "Transfer form"), _form),
            Section(Text("立案与堵漏", "Filing and loophole"), _learned),
        ),
        related=beside,
        begin=open_by_hand,
    )
)  # fmt: skip
