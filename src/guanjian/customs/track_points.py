"""Track points: where an officer was during a field job."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "track_points",
    columns(
        "job_id",
        "officer_id",
        "at ts",
        "received_at ts",
        "lon float -180..180",
        "lat float -90..90",
    ),
    month_of="at",
    title=Text("外勤轨迹点", "Track points"),
)
