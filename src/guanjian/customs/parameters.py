"""Parameters: dated values that a rule or a limit refers to."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "parameters",
    columns(
        "code",
        "value",
        "unit?",
        "from date",
        "to date?",
    ),
    key=("code", "from"),
    title=Text("参数", "Dated parameters"),
)
