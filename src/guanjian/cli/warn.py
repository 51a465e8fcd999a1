"""Is this week above normal for this series? Early warning on a plain file."""

from __future__ import annotations

import csv
from pathlib import Path

import click

METHODS = ["farrington", "farrington-original", "ears", "cusum", "glrnb", "bayes"]
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--series", type=FILE, required=True, help="CSV time,a,b,… (a column per series) or series,time,count.")
@click.option("--method", type=click.Choice(METHODS), default="farrington", show_default=True, help="How to judge.")
@click.option("--last", type=int, help="Judge only so many last steps.  [default: all with enough history]")
@click.option("--alpha", type=float, help="Chance of a false alarm per series and step.")
@click.option("--years", type=int, help="farrington, bayes: years to look back.")
@click.option("--half", type=int, help="farrington, bayes: weeks on each side of the same week.")
@click.option("--threshold", type=click.Choice(["nb", "muan", "delta"]), help="farrington: how the limit is drawn.")
@click.option("--r-compat", is_flag=True, help="farrington: R surveillance's habits to the digit.")
@click.option("--ears", "variant", type=click.Choice(["C1", "C2", "C3"]), help="ears: which of the three.")
@click.option("--out", type=FILE, required=True, help="Where the verdicts are written, as CSV.")
def command(series: Path, method: str, last: int | None, out: Path, **given) -> None:
    """Judge every series step by step: what was expected, the limit, and whether it is an alarm.

    \b
    Last week of all series against four years (times as 2025-01-06, 2025-W02 or whole numbers):
      guanjian warn --series weeks.csv --last 1 --out alarms.csv
    Short history, only the weeks before:
      guanjian warn --series weeks.csv --method ears --ears C2 --out alarms.csv

    farrington needs four years of weeks, bayes two; ears 7 to 11 weeks; cusum a quiet stretch first; glrnb finds
    a lasting rise (its column score is the chart, an alarm from 5 on). An empty `upper` means too few cases to judge.
    """
    from guanjian.stats.warning.report import COLUMNS, verdicts

    options = _options(method, given)
    rows = verdicts(series, method, last, options)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    alarms = sum(row["alarm"] == "1" for row in rows)
    click.echo(f"判断 {len(rows)} 期次，预警 {alarms} 次 | {len(rows)} judged, {alarms} alarms → {out}")


def _options(method: str, given: dict) -> dict:
    """Only what the method understands; anything else that was given is refused."""
    from guanjian.kernel.errors import BadInput

    known = {
        "farrington": {"alpha", "years", "half", "threshold", "r_compat"},
        "farrington-original": {"alpha", "years", "half"},
        "ears": {"alpha", "variant"},
        "bayes": {"alpha", "years", "half"},
    }.get(method, set())
    asked = {name: value for name, value in given.items() if value not in (None, False)}
    if unknown := sorted(asked.keys() - known):
        names = ", ".join(unknown)
        raise BadInput(f"方法 {method} 不用这些选项：{names}。", f"The method {method} does not take: {names}.")
    return {"method" if name == "variant" else name: value for name, value in asked.items()}
