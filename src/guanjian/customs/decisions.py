"""Decisions over people, money and things (人财物): who proposed, decided, executed, supervised."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "decisions",
    columns(
        "decision_id",
        "kind @decision_kind",
        "unit_code",
        "proposer",
        "decider",
        "executor",
        "supervisor",
        "amount_cny decimal?",
        "at ts",
    ),
    key=("decision_id",),
    month_of="at",
    title=Text("人财物决策", "Decisions on people, money and things"),
)
