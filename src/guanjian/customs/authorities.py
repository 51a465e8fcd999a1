"""Authorities: who may decide what, up to which amount, from when to when."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "authorities",
    columns(
        "holder",
        "activity @activity",
        "limit_cny decimal?",
        "delegated_by?",
        "from date",
        "to date?",
    ),
    title=Text("审批权限", "Authorities"),
)
