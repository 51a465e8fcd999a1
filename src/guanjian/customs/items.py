"""Items: one row per goods line of an entry."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "items",
    columns(
        "entry_id",
        "item_no int",
        "hs_code ~[0-9]{6,10}",
        "goods_name?",
        "quantity decimal?",
        "quantity_unit?",
        "unit_price decimal?",
        "currency? @currency",
        "value_cny decimal",
        "origin_country?",
        "tax_rate float?",
        "tax_cny decimal?",
    ),
    key=("entry_id", "item_no"),
    title=Text("报关单表体", "Items"),
)
