"""Units: headquarters, districts, houses, sections; one row per unit."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "units",
    columns(
        "unit_code",
        "name",
        "name_en?",
        "level @unit_level",
        "parent_code?",
        "district_code?",
        "kind @unit_kind",
        "peer_group? @peer_group",
        "lon float? -180..180",
        "lat float? -90..90",
    ),
    key=("unit_code",),
    title=Text("机构", "Units"),
)
