"""Mirror statistics: what the partner says that it exported, by month (YYYY-MM)."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "mirror",
    columns(
        "partner",
        "hs6 ~[0-9]{6}",
        "month ~[0-9]{4}-(0[1-9]|1[0-2])",
        "value_cny decimal",
    ),
    month_of="month",
    title=Text("镜像贸易统计", "Mirror statistics"),
)
