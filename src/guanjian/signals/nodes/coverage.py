"""The four flags of every node, measured: in the system, supervisable, leaving traces, traceable."""

from __future__ import annotations

import ibis
import pandas as pd
from ibis.expr.types import Table

from guanjian.engine.session import Session
from guanjian.engine.tables import units
from guanjian.signals.nodes.catalogue import Node, looking_at, nodes
from guanjian.signals.nodes.traces import steps

FLAGS = ("in_system", "supervisable", "leaves_trace", "traceable")
COLUMNS = ["node_code", "line_code", "district_code", "objects", *FLAGS, "four"]
ENOUGH = 0.95  # a node bears a flag when at least so many of its objects do


def coverage(session: Session) -> pd.DataFrame:
    """One row per node and district: objects, and of how many each flag holds, and all four.

    An object is a step that was taken or that other facts call for. Supervisable: recorded, and a signal of the node
    can be computed on these data. A node that leaves no fact of its own (such as the separation of posts) has no row.
    """
    counts = session.frame(_counts())
    known = nodes()
    counts = counts[counts["step"].isin(known)]
    watched = {code: _watched(session, code) for code in known}
    seen = counts["step"].map(watched).astype(bool)
    found = counts.assign(
        line_code=counts["step"].map({code: node.line for code, node in known.items()}),
        supervisable=counts["in_system"].where(seen, 0),
        four=counts["four"].where(seen, 0),
    )
    found = found.rename(columns={"step": "node_code"}).sort_values(["node_code", "district_code"])
    return found[COLUMNS].reset_index(drop=True)


def shares(found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The flags as shares of objects, summed by node, line or district."""
    sums = found.groupby(by, as_index=False)[["objects", *FLAGS, "four"]].sum()
    return sums.assign(**{name: sums[name] / sums["objects"] for name in (*FLAGS, "four")})


def covered(found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """四性 coverage: the share of nodes (seen by line or district) for which all four flags hold."""
    of_nodes = shares(found, [*by, "node_code"])
    of_nodes = of_nodes.assign(full=of_nodes["four"] >= ENOUGH)
    sums = of_nodes.groupby(by, as_index=False).agg(nodes=("full", "size"), full=("full", "sum"))
    return sums.assign(coverage=sums["full"] / sums["nodes"])


def unmeasured(found: pd.DataFrame) -> list[Node]:
    """Nodes of which these data hold no object."""
    seen = set(found["node_code"])
    return [node for code, node in nodes().items() if code not in seen]


def _counts() -> Table:
    done = steps()
    both = done.group_by("step", "unit_code").agg(
        objects=done.count(),
        in_system=done.recorded.sum(),
        leaves_trace=done.traced.sum(),
        traceable=done.traceable.sum(),
        four=(done.recorded & done.traced & done.traceable).sum(),
    )
    above = units.select("unit_code", "district_code")
    placed = both.left_join(above, "unit_code").drop("unit_code_right")
    district = ibis.coalesce(
        placed.district_code, ibis.ifelse(placed.unit_code == "", "", placed.unit_code.left(2) + "00")
    )
    placed = placed.mutate(district_code=district)
    sums = {name: placed[name].sum() for name in ("objects", "in_system", "leaves_trace", "traceable", "four")}
    return placed.group_by("step", "district_code").agg(**sums)


def _watched(session: Session, code: str) -> bool:
    """True when a signal of the node can say something on these data; a control always asks what there is."""
    return any(all(map(session.holds, getattr(signal, "reads", ()))) for signal in looking_at(code))
