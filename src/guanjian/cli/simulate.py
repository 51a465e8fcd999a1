"""`guanjian simulate`: a whole administration with known truth, plainly simulated."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--scenario",
    default="demo",
    show_default=True,
    help="A built-in scenario (demo, quiet, everything, spread_systemic, drift …) or a YAML file.",
)
@click.option(
    "--declarations", default=200_000, show_default=True, type=click.IntRange(1), help="How many declarations."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="The same seed gives the same rows.")
@click.option("--out", required=True, type=click.Path(file_okay=False), help="An empty or new folder.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(scenario: str, declarations: int, seed: int, out: str, quiet: bool) -> None:
    """模拟一个海关（机构、人员、企业、单证、执法轨迹）并写出真相 truth.json。

    Writes OUT/<table>/part-NNNNN.parquet for every fact table and OUT/truth.json with every planted and arisen breach.
    Nothing in it stands for a real office, person or enterprise.
    """
    from tqdm import tqdm

    from guanjian.simulate import run

    with tqdm(total=declarations, unit="单", disable=quiet) as bar:
        truth = run(scenario, declarations, seed, out, progress=bar.update)
    for table, rows in truth.rows.items():
        click.echo(f"{table:<16}{rows:>14,}")
    click.echo(f"模拟数据 simulated: {len(truth.planted)} planted, {len(truth.arisen)} arisen · {out}/truth.json")
