"""`guanjian judge`: the weekly national judgement of systemic and regional risk, resumable and repeatable."""

from __future__ import annotations

from pathlib import Path

import click

UNSEEN_SHOWN = 5  # indicators that cannot be seen in most units, said in full; the paper holds all


@click.command(short_help="Judge systemic and regional risk for a week. 每周全国研判")
@click.option("--lake", "lake_path", type=click.Path(path_type=Path), help="Folder of the lake.")
@click.option("--week", metavar="2026-W10", help="The week to judge.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write the judgement to this file.")
@click.option(
    "--kept",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the judgements.  [default: LAKE-judgements]",
)
@click.option("--replicates", default=199, show_default=True, help="Data sets of chance to compare with.")
@click.option(
    "--alarms-a-year", default=1.0, show_default=True, help="False alarms a year that are put up with, nationally."
)
@click.option("--seed", default=20260101, show_default=True, help="The same seed and data give the same judgement.")
@click.option("--run-in", default=26, show_default=True, help="Missing weeks before it that are judged first, at most.")
@click.option(
    "--again",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Recompute a past judgement from its WEEK.run.json.",
)
def command(lake_path, week, out, kept, again, run_in, **rules) -> None:
    """Judge a week: which risks there are, how ripe, how wide, which way they go, and whose they are.

    Every indicator is measured by unit, line and week; zones of units × branches of lines × windows are scanned for more
    than normal; what is found is linked to the risks of earlier weeks. Each week's paper, memory and record (seed,
    rules, batches, hashes) are kept: a job that was stopped goes on, and --again makes any past judgement anew.

    \b
    guanjian judge --lake lake --week 2026-W10 --out week.json
    guanjian judge --again lake-judgements/2026-W10.run.json
    """
    from guanjian.kernel.errors import BadInput

    if again is not None:
        _again(again)
    elif lake_path is None or not week:
        raise BadInput("请给出 --lake 和 --week，或 --again。", "Give --lake and --week, or --again.")
    else:
        _run(lake_path, week, kept or lake_path.with_name(lake_path.name + "-judgements"), (out, run_in, rules))


def _run(lake_path: Path, week: str, folder: Path, asked: tuple) -> None:
    from tqdm import tqdm

    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake
    from guanjian.risk.gather import gather
    from guanjian.risk.rules import Rules
    from guanjian.risk.weekly import Desk, run

    out, run_in, rules = asked
    with Session(Lake.open(lake_path)) as session, tqdm(unit="", disable=None) as bar:

        def progress(done: int, total: int, what: str) -> None:
            bar.total, bar.n = total, done
            bar.set_description(what)

        gathered = gather(session, progress)
        desk = Desk(folder, gathered, Rules(**rules), session.batches_used)
        paper = run(desk, week, run_in, progress)
    if out is not None:
        out.write_text(desk.paper(week).read_text(encoding="utf-8"), encoding="utf-8")
    _tell(paper)
    click.echo(f"→ {out or desk.paper(week)} · {desk.record(week)}")


def _again(record: Path) -> None:
    from guanjian.risk.weekly import again

    paper, same = again(record)
    _tell(paper)
    click.echo("与当时一致 | the same as then" if same else "与当时不一致 | not the same as then")
    if not same:
        raise SystemExit(1)


def _tell(paper) -> None:
    for risk in paper.risks:
        click.echo(f"{risk.lineage_id} {risk.level.label.zh} {risk.stage.label.zh} {risk.explanation.zh}")
        click.echo(f"    {risk.explanation.en}")
    for note in paper.notes:
        click.echo(f"{note.zh} | {note.en}")
    short = [row for row in paper.volumes if row["not_detectable"]]
    for row in sorted(short, key=lambda row: -len(row["not_detectable"]))[:UNSEEN_SHOWN]:
        click.echo(f"{row['line_code']}/{row['indicator_code']} {row['zh']} | {row['en']}")
    if len(short) > UNSEEN_SHOWN:
        click.echo(
            f"… {len(short)} 项，全部见结果文件的 volumes | {len(short)} of them, all under volumes in the paper"
        )
    click.echo(f"{paper.week}: {len(paper.risks)} risks · {len(paper.alarms)} alarms of single series")
