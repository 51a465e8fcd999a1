"""`guanjian catalogue`: the whole catalogue over a lake in one plan, with what it read and the slowest ten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from guanjian.engine.session import Session
    from guanjian.signals.whole import Whole


@click.command(short_help="Run detectors, indicators and controls in one plan. 全部信号一次运行")
@click.option("--lake", "lake_path", required=True, type=click.Path(path_type=Path), help="Folder of the lake.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the results.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use what was known at the end of that day.")
@click.option("--memory", default="4GB", show_default=True, help="Memory for DuckDB; beyond it, it spills to disk.")
def command(lake_path, out, as_of, memory) -> None:
    """Run every detector, indicator and control of the catalogue over a lake, on one session.

    The results are those of `guanjian detect`, `guanjian measure` and `guanjian conform`; what several signals read is read
    once for all of them. OUT receives findings.parquet, indicators.parquet and controls.parquet, each with its record,
    and plan.json: what each step cost, the bytes read against the lake, and against running every signal alone.

    \b
    guanjian catalogue --lake lake --out results
    guanjian catalogue --lake lake --out half-year --as-of 2026-06-30 --memory 6GB
    """
    from tqdm import tqdm

    from guanjian.cli.conform import calendar
    from guanjian.engine.formula.governed import published
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake
    from guanjian.signals.catalogue import chosen
    from guanjian.signals.whole import Plan, whole

    lake = Lake.open(lake_path)
    plan = Plan([*chosen(), *published(lake.root)], calendar(None))
    with (
        tqdm(total=plan.size, unit="", disable=None) as bar,
        Session(lake, as_of and as_of.date(), memory) as session,
    ):

        def progress(code: str) -> None:
            bar.set_description(code)
            bar.update()

        done = whole(session, lake, plan, progress)
        written = _write(session, done, out)
    _tell(done)
    click.echo(" · ".join(map(str, written)))


def _write(session: Session, done: Whole, out: Path) -> list[Path]:
    from guanjian.engine import measured, paper
    from guanjian.engine.controls import paper as breaches
    from guanjian.signals.catalogue import indicator_catalogue

    used = {one.code: one.defaults for one in indicator_catalogue().values() if one.params}
    record = measured.record(session, done.measured, used, done.readings["indicators"])
    tallies = [{**vars(tally), "passed": tally.passed} for tally in done.answer.tallies]
    counted = {"events": done.answer.events, "objects": done.answer.objects, "controls": tallies}
    results = "SELECT * FROM log_results ORDER BY control, result, object_id"
    written = [
        *paper.write(done.run, out / "findings.parquet"),
        *measured.write(done.measured.table, out / "indicators.parquet", record),
        *breaches.write(session.connection, results, out / "controls.parquet", counted),
    ]
    plan = out / "plan.json"
    plan.write_text(json.dumps(_plan(done), ensure_ascii=False, indent=1), encoding="utf-8")
    return [*written, plan]


def _plan(done: Whole) -> dict[str, Any]:
    readings = {**done.readings, "all": done.reading}
    return {
        "steps": [
            {
                "part": s.part.en,
                "codes": s.codes,
                "seconds": round(s.seconds, 3),
                "cpu_seconds": round(s.cpu_seconds, 3),
            }
            for s in done.steps
        ],
        "bytes": {name: {**vars(one), "saving": round(one.saving, 2)} for name, one in readings.items()},
    }


def _tell(done: Whole) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("最慢的十步 slowest ten", "编号 codes", box=None)
    for name in ("seconds", "CPU s"):
        table.add_column(name, justify="right")
    for step in done.slowest():
        codes = " ".join(step.codes)
        table.add_row(f"{step.part.zh} {step.part.en}", codes, f"{step.seconds:.1f}", f"{step.cpu_seconds:.1f}")
    Console(width=None).print(table)
    breaches = sum(tally.breached for tally in done.answer.tallies)
    click.echo(
        f"{len(done.run.findings):,} findings · {done.measured.table.num_rows:,} rows of indicators · {breaches:,} breaches"
    )
    for name, cost in {**done.readings, "all": done.reading}.items():
        click.echo(
            f"{name:10} 读取 read {cost.together / 1e6:,.1f} MB = {cost.of_the_lake:.2f} × 数据湖 lake"
            f" ({cost.lake / 1e6:,.1f} MB) · 逐项单独读取 each alone {cost.alone / 1e6:,.1f} MB"
            f" · 节省 saving {cost.saving:.1f} ×"
        )
