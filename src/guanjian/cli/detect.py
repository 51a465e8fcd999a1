"""`guanjian detect`: run the detectors over the lake, judge what they suspect, write the findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guanjian.cli._lake import over_a_lake

if TYPE_CHECKING:
    from guanjian.engine.run import Run


def _catalogue():
    from guanjian.signals.catalogue import catalogue

    return catalogue()


@click.command(short_help="Run the detectors over a lake and write the findings. 运行风险规则")
@over_a_lake(_catalogue, "VAL-01,INT-02", "detectors")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="FILE.parquet, FILE.csv or FILE.json.")
@click.option("--fdr", default=0.05, show_default=True, type=click.FloatRange(0, 1), help="Largest q-value reported.")
@click.option(
    "--fdr-over",
    default="people",
    show_default=True,
    type=click.Choice(["people", "family", "run", "tree"]),
    help="What the q-values are taken over: each detector's own tests (family), all tests together (run), detectors and"
    " then inside them (tree), or the tree over the detectors that name people and each other one by itself (people).",
)
@click.option(
    "--budget", type=click.FloatRange(0), help="At most about so many false alarms: sets --fdr, over the tree."
)
def command(lake_path, out, only, as_of, settings, fdr, fdr_over, budget, memory) -> None:
    """Run the detectors over a lake and write the findings.

    Each finding is a lead with its evidence, never a verdict: expected and observed figures, the ids of the rows, the
    parameters. Statistical detectors carry a p-value and, over everything that was tested, a q-value (Benjamini and
    Hochberg); only findings with q at most --fdr are written. All that could name a person is judged together: in a
    quiet administration, at most so large a share of runs names anybody at all. Beside FILE, `FILE.run.json` keeps what is needed to
    repeat the run: batches, parameters, versions, seconds. Officers' indicators that the office has put in force lie in
    the lake and run too; their codes are IND-….

    \b
    guanjian detect --lake lake --out findings.parquet
    guanjian detect --lake lake --only INT-02,EXM-02 --param INT-02.min_expected=8 --out people.csv
    guanjian detect --lake lake --as-of 2026-06-30 --out half-year.json
    guanjian detect --lake lake --budget 30 --out month.parquet
    guanjian detect --list                    (the catalogue; the full pages are in docs/signals.md)
    """
    from tqdm import tqdm

    from guanjian.engine import paper
    from guanjian.engine.formula.governed import chosen, published
    from guanjian.engine.run import Rules, detect
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake
    from guanjian.signals import catalogue

    overrides = catalogue.overrides(settings)
    paper.check(out)
    lake = Lake.open(lake_path)
    governed, codes = chosen(published(lake.root), only.split(","))
    detectors = [*(catalogue.chosen(",".join(codes)) if codes or not only else []), *governed]
    with (
        tqdm(total=len(detectors), unit="", disable=None) as bar,
        Session(lake, as_of and as_of.date(), memory) as session,
    ):

        def progress(done: int, total: int, detector) -> None:
            bar.n = done
            bar.set_description(f"{detector.code} {detector.title.zh}")

        run = detect(session, detectors, overrides, Rules(fdr, fdr_over, budget), progress)
        bar.n = bar.total
    written = paper.write(run, out)
    _tell(run)
    click.echo(f"{len(run.findings)} findings · {' · '.join(map(str, written))}")


def _tell(run: Run) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("code", "规则 detector", box=None)
    for name in ("tests", "suspected", "findings", "seconds", "CPU s"):
        table.add_column(name, justify="right")
    table.add_column("note")
    for report in run.reports:
        table.add_row(
            report.code,
            f"{report.title.zh} {report.title.en}",
            "–" if report.tests is None else f"{report.tests:,}",
            f"{report.suspected:,}",
            f"{report.findings:,}",
            f"{report.seconds:.1f}",
            f"{report.cpu_seconds:.1f}",
            f"{report.unclear.zh} {report.unclear.en}" if report.unclear else "",
        )
    Console(width=None).print(table)
