"""Where, in which line and since when is there more than normal? The scan on plain files."""

from __future__ import annotations

import json
from pathlib import Path

import click

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--cases", type=FILE, help="CSV place,[node],[time],count, or SaTScan .cas (id count [time]).")
@click.option("--places", type=FILE, help="CSV place,lon,lat or place,x,y, or SaTScan .geo (id lat lon).")
@click.option("--exposure", type=FILE, help="CSV place,[time],population, or SaTScan .pop (id time population).")
@click.option("--controls", type=FILE, help="For bernoulli: CSV place,count, or SaTScan .ctl.")
@click.option("--tree", type=FILE, help="CSV node,parent: lines of business; a node may have several parents.")
@click.option("--prm", type=FILE, help="A SaTScan parameter file: names the files above and the settings.")
@click.option("--plane", is_flag=True, help="The .geo file holds x and y, not latitude and longitude.")
@click.option(
    "--statistic",
    type=click.Choice(["nb_tail", "poisson_cond", "poisson_eb", "bernoulli", "st_permutation"]),
    help="Default: nb_tail when there is time, poisson_cond when there is none.",
)
@click.option("--max-share", type=float, help="Largest share of the population in a zone.  [default: 0.5]")
@click.option("--neighbours", type=int, help="At most this many places in a zone.")
@click.option("--window", type=int, help="Longest window in steps.")
@click.option("--anywhere", is_flag=True, help="Windows may end before the last step (retrospective).")
@click.option("--replicates", type=int, help="Data sets of chance to compare with.  [default: 999; nb_tail 199]")
@click.option("--seed", type=int, default=20260101, show_default=True, help="The same seed gives the same answer.")
@click.option("--out", type=FILE, required=True, help="Where the result is written, as JSON.")
def command(out: Path, **given) -> None:
    """Find clusters: zones x branches x windows with more cases than normal, and how likely chance makes one.

    \b
    One map, one moment (SaTScan's "purely spatial, discrete Poisson"):
      guanjian scan --cases cases.csv --places places.csv --exposure population.csv --out found.json
    Weeks and lines of business, against the history before the window:
      guanjian scan --cases weeks.csv --places houses.csv --tree lines.csv --window 8 --out found.json
    A SaTScan parameter file as it is:
      guanjian scan --prm study.prm --out found.json

    Each cluster in the result has places, branch, window, observed, expected, relative_risk, statistic, llr, p (from
    the replicates), gumbel_p (its smooth tail) and recurrence (runs between two such by chance). Docs: docs/scan.md
    """
    from guanjian.stats.scan.report import answer

    told = answer(given)
    out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for line in told["sentences"]:
        click.echo(line)
    click.echo(f"→ {out}")
