"""Enterprises: traders, agents, carriers, warehouses; one row per enterprise."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "enterprises",
    columns(
        "enterprise_id",
        "name",
        "roles list @enterprise_role",
        "industry?",
        "credit_level int? 1..5",
        "credit_scheme? @credit_scheme",
        "district_code?",
        "registered_on date?",
        "legal_rep?",
        "phone?",
        "address?",
    ),
    key=("enterprise_id",),
    title=Text("企业", "Enterprises"),
)
