"""Declarations: one row per entry."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "declarations",
    columns(
        "entry_id",
        "unit_code",
        "ie @ie",
        "declared_at ts",
        "released_at ts?",
        "trade_mode @trade_mode",
        "duty_nature? @duty_nature",
        "transport_mode? @transport_mode",
        "trade_term? @trade_term",
        "consignee_id",
        "agent_id?",
        "overseas_party?",
        "departure_country?",
        "gross_kg decimal?",
        "net_kg decimal?",
        "packages int?",
        "value_cny decimal",
        "tax_cny decimal?",
    ),
    key=("entry_id",),
    month_of="declared_at",
    title=Text("报关单表头", "Declarations"),
)
