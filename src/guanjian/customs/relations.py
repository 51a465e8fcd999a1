"""Relations that an officer declared; compartmented: used for recusal, never shown in profiles."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "relations",
    columns(
        "officer_id",
        "other_id",
        "kind @relation_kind",
        "declared_on date",
    ),
    title=Text("申报的利害关系", "Declared relations"),
)
