"""Officers: one row per person, the post held now."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "officers",
    columns(
        "officer_id",
        "name",
        "unit_code",
        "post @post",
        "personnel_line @personnel_line",
        "post_level",
        "rank_ordinal int 1..13",
        "in_post_since date",
        "left_post_on date?",
    ),
    key=("officer_id",),
    title=Text("人员", "Officers"),
)
