"""Field jobs: work outside the office, planned and as checked in on site."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "field_jobs",
    columns(
        "job_id",
        "kind @field_job_kind",
        "entry_id?",
        "unit_code",
        "officers list",
        "place_lon float -180..180",
        "place_lat float -90..90",
        "planned_start ts",
        "planned_end ts",
        "checked_in_at ts?",
        "checked_out_at ts?",
        "photos int?",
        "evidence_hashes list?",
        "result?",
    ),
    key=("job_id",),
    month_of="planned_start",
    title=Text("外勤作业", "Field jobs"),
)
