"""The desk of 督办."""

from guanjian.kernel.words import Text
from guanjian.loops.urge.flow import Kind, Ruling
from guanjian.loops.urge.models import Urge
from guanjian.moving.beside import beside
from guanjian.pages.desk import Column, Desk, Row, Section, register


def _what(urge: Urge, actor) -> list[Row]:
    rows = [
        Row(Text("方式", "Kind"), Kind(urge.kind).label),
        Row(Text("事由", "Reason"), urge.said, "prose"),
        Row(Text("承诺完成日期", "Promised date"), urge.finish_by, "when"),
        Row(Text("决定", "Ruling"), Ruling(urge.ruling).label if urge.ruling else ""),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Urge,
        Text("逾期自动督办：一次催办，两次约谈，三次提出问责建议；事项办理后自动解除。",
             "What is overdue is urged by itself: once urged, twice called in, three times a proposal; done, it is lifted."),
        columns=(Column(Text("方式", "Kind"), lambda urge: Kind(urge.kind).label),),
        sections=(Section(Text("督办事项", "What is urged"), _what),),
        related=beside,
    )
)  # fmt: skip
