"""Declarations: one row per entry."""

from guanjian.customs.table import Table, columns

TABLE = Table(
    "declarations",
    columns(
        "entry_id",
        "unit_code",
        "ie text @ie",
        "declared_at ts",
        "released_at ts?",
        "trade_mode text @trade_mode",
        "duty_nature text? @duty_nature",
        "transport_mode text? @transport_mode",
        "trade_term text? @trade_term",
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
)
