"""Rates: what one unit of a currency is worth in CNY, from a date on."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "rates",
    columns(
        "currency @currency",
        "from date",
        "to date?",
        "cny_per_unit float 0..1000000",
    ),
    key=("currency", "from"),
    title=Text("汇率", "Exchange rates"),
)
