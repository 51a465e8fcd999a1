"""Holidays: days off that fall on weekdays, and weekends that are worked."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "holidays",
    columns(
        "day date",
        "kind @holiday_kind",
    ),
    key=("day",),
    title=Text("节假日", "Holidays"),
)
