"""`guanjian nodes`: are the places where power can go wrong in the system, supervised, traced and traceable?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd


@click.command(short_help="Measure the four flags of every control node. 测量内控节点四性")
@click.option("--lake", "lake_path", required=True, type=click.Path(path_type=Path), help="Folder of the lake.")
@click.option("--out", type=click.Path(path_type=Path), help="FILE.parquet or FILE.csv: counts by node and district.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use what was known at the end of that day.")
@click.option("--memory", default="2GB", show_default=True, help="Memory for DuckDB; beyond it, it spills to disk.")
def command(lake_path, out, as_of, memory) -> None:
    """Measure 进系统、能监督、留痕迹、可追溯 of every internal-control node from the facts, and list what is missing.

    An object is a step that was taken, or that other facts call for. In the system: it is recorded there. Supervisable:
    and a signal of the node can be computed. Leaves a trace: unit and hand are known and the server had it in time.
    Traceable: the object's trace begins where it should. Nodes without a signal and signals without a node are listed.

    \b
    guanjian nodes --lake lake
    guanjian nodes --lake lake --out nodes.csv       (the nodes themselves are in docs/nodes.md)
    """
    from guanjian.engine import measured
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake
    from guanjian.signals.nodes import coverage

    if out:
        measured.check(out)
    with Session(Lake.open(lake_path), as_of and as_of.date(), memory) as session:
        found = coverage.coverage(session)
    _tell(found)
    if out:
        click.echo(str(measured.put(found, out)))


def _tell(found: pd.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table

    from guanjian.signals.nodes import catalogue, coverage

    known = catalogue.nodes()
    table = Table(
        "node", "节点", "signals", "objects", "进系统", "能监督", "留痕迹", "可追溯", "四性 all four", box=None
    )
    for row in coverage.shares(found, ["node_code"]).to_dict("records"):
        flags = [f"{row[name]:.1%}" for name in (*coverage.FLAGS, "four")]
        code = row["node_code"]
        looking = str(len(catalogue.looking_at(code)))
        table.add_row(code, known[code].title.zh, looking, f"{row['objects']:,}", *flags)
    Console(width=None).print(table)
    _coverage("条线 line", coverage.covered(found, ["line_code"]), "line_code")
    _coverage("关区 district", coverage.covered(found, ["district_code"]), "district_code")
    _listed("数据中没有事实的节点 nodes without facts here", [n.code for n in coverage.unmeasured(found)])
    _listed("没有信号的节点 nodes without a signal", [node.code for node in catalogue.without_signal()])
    _listed("没有节点的信号 signals without a node", [signal.code for signal in catalogue.without_node()])


def _coverage(title: str, shares: pd.DataFrame, by: str) -> None:
    told = [f"{row[by] or '–'} {row['full']}/{row['nodes']}" for row in shares.to_dict("records")]
    click.echo(f"{title}: {' · '.join(told)}")


def _listed(title: str, codes: list[str]) -> None:
    click.echo(f"{title}: {len(codes)}{' ' if codes else ''}{' '.join(codes)}")
