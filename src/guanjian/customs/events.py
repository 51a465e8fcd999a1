"""Events: what was done, by whom, to what, when: the trace of the exercise of power."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "events",
    columns(
        "event_id",
        "object_type @object_type",
        "object_id",
        "activity @activity",
        "officer_id?",
        "unit_code?",
        "post? @post",
        "at ts",
        "ended_at ts?",
        "received_at ts?",
        "system @system",
        "device_id?",
        "approver_id?",
        "result?",
        "reason?",
        "attributes json?",
    ),
    key=("event_id",),
    month_of="at",
    title=Text("权力运行轨迹", "Events"),
)
