"""`guanjian measure`: every indicator of the catalogue over the lake, by house, business line and week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guanjian.cli._lake import over_a_lake

if TYPE_CHECKING:
    from guanjian.engine.measure import Measured
    from guanjian.engine.reading import Reading
    from guanjian.engine.session import Session

SLOWEST = 10


def _catalogue():
    from guanjian.signals.catalogue import indicator_catalogue

    return indicator_catalogue()


@click.command(short_help="Measure the indicators of a lake by house, line and week. 计算指标")
@over_a_lake(_catalogue, "I-EXM-02,I-CLR-01", "indicators")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="FILE.parquet or FILE.csv.")
@click.option("--scores", type=click.Path(path_type=Path), help="FILE.csv or FILE.parquet for the scorecards of units.")
def command(lake_path, out, only, as_of, settings, scores, memory) -> None:
    """Measure the indicators of the catalogue over a lake.

    FILE has one row per indicator, house, business line and week: cases, exposure, and their ratio. Cases and exposure
    add up over houses, lines and weeks; ratios do not. Indicators that read the same facts share one scan. Beside FILE,
    `FILE.run.json` keeps what is needed to repeat the run. With --scores, the scorecards: units among their peers over
    the whole period, with an interval, and `NAME.parts` beside them for what each score is made of.

    \b
    guanjian measure --lake lake --out indicators.parquet
    guanjian measure --lake lake --only I-EXM-02,I-EXM-09 --param I-CLR-02.hours=48 --out examination.csv
    guanjian measure --lake lake --out indicators.parquet --scores scorecards.csv
    guanjian measure --list                    (the catalogue; the full pages are in docs/indicators.md)
    """
    from tqdm import tqdm

    from guanjian.engine import measured, reading
    from guanjian.engine.measure import measure
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake
    from guanjian.signals.catalogue import chosen, indicator_catalogue, overrides

    known = indicator_catalogue()
    wanted, values = chosen(only, known), overrides(settings, known)
    for path in filter(None, (out, scores)):
        measured.check(path)
    lake = Lake.open(lake_path)
    with tqdm(unit="", disable=None) as bar, Session(lake, as_of and as_of.date(), memory) as session:

        def progress(done: int, total: int, codes: str) -> None:
            bar.total, bar.n = total, done
            bar.set_description(codes[:40])

        run = measure(session, wanted, values, progress)
        cost = reading.reading(session, run.asked, reading.weights(session, lake))
        used = {one.code: one.defaults | values.get(one.code, {}) for one in wanted if one.params}
        record = measured.record(session, run, used, cost)
        written = measured.write(run.table, out, record)
        written += _scores(session, run, scores) if scores else []
    _tell(run, cost)
    click.echo(f"{run.table.num_rows:,} rows · {len(run.asked)} indicators · {' · '.join(map(str, written))}")


def _scores(session: Session, run: Measured, path: Path) -> list[Path]:
    from guanjian.engine import measured
    from guanjian.engine.tables import units
    from guanjian.signals.catalogue import all_scores

    whole, parts = all_scores(run.table.to_pandas(), session.frame(units))
    return [measured.put(whole, path), measured.put(parts, path.with_stem(f"{path.stem}.parts"))]


def _tell(run: Measured, cost: Reading) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("最慢的扫描 slowest scans", "表 tables", box=None)
    for name in ("seconds", "CPU s"):
        table.add_column(name, justify="right")
    for report in sorted(run.scans, key=lambda report: -report.seconds)[:SLOWEST]:
        codes = " ".join(report.scan.codes)
        table.add_row(codes, " ".join(sorted(report.scan.tables)), f"{report.seconds:.1f}", f"{report.cpu_seconds:.1f}")
    Console(width=None).print(table)
    for code, text in run.unclear.items():
        click.echo(f"{code}: {text.zh} {text.en}")
    click.echo(
        f"{len(run.scans)} scans · 读取 read {cost.together / 1e6:,.1f} MB"
        f" = {cost.of_the_lake:.2f} × 数据湖 lake ({cost.lake / 1e6:,.1f} MB)"
        f" · 逐项单独读取 each alone {cost.alone / 1e6:,.1f} MB · 节省 saving {cost.saving:.1f} ×"
    )
