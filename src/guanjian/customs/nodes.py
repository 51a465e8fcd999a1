"""Internal-control nodes: where power can go wrong, and what stands against it."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "nodes",
    columns(
        "node_code",
        "line_code @lines",
        "step",
        "post @post",
        "risk",
        "level @severity",
        "cause @cause",
        "measure",
        "measure_kind @measure_kind",
        "implementation @implementation",
        "in_system bool",
        "supervisable bool",
        "leaves_trace bool",
        "traceable bool",
        "supervisor",
        "rule_ref?",
    ),
    key=("node_code",),
    title=Text("内控节点", "Internal-control nodes"),
)
