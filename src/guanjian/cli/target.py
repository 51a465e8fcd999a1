"""`guanjian target`: which declaration to open next, learned from what examinations found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guanjian.kernel.errors import BadInput

if TYPE_CHECKING:
    from guanjian.targeting.mapping import Mapping
    from guanjian.targeting.rows import Rows

FILE = click.Path(path_type=Path, dir_okay=False)
FILES = click.argument("tables", nargs=-1, type=FILE)
LAKE = click.option("--lake", type=click.Path(path_type=Path), help="Folder of the lake, instead of tables.")
MAPPING = click.option("--mapping", "named", metavar="FILE|NAME", help="Which column is which; shipped: kcs2022.")
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(short_help="Which declaration to open next. 选查模型")
def command() -> None:
    """Learn from examined declarations which to open next, choose under a budget, and tell how good that was.

    \b
    guanjian target train 2025.csv --mapping ours.yaml --out risk.model
    guanjian target score week.csv --mapping ours.yaml --model risk.model --budget 200 --out list.csv
    guanjian target evaluate 2025.csv 2026.csv --mapping ours.yaml --since 2026-01-01
    guanjian target train --lake lake --out risk.model          (the contract's own tables)
    guanjian target serve --model risk.model                    (for the API)

    A mapping is a few lines of YAML; docs/targeting.md has one. A score is a reason to look, never a verdict.
    """


@command.command(short_help="Learn and write a model file. 训练")
@FILES
@LAKE
@MAPPING
@click.option("--until", type=DAY, help="Learn only from declarations before this day.")
@click.option("--out", type=FILE, required=True, help="Where the model is written.")
def train(tables, lake, named, until, out) -> None:
    """Learn from every declaration with a result; what was known before each is all that its example sees."""
    from guanjian.targeting import file
    from guanjian.targeting.model import Model

    rows, settings = _read(tables, lake, named)
    if until:
        rows = rows.take(rows.at < _seconds(until))
    model = Model.train(_some(rows), settings)
    version = file.save(model, out)
    told = model.facts
    click.echo(
        f"已学习 {told['examined']:,} 条查验结果（查获 {told['found']:,}，查验率 {told['examined_share']:.1%}） | "
        f"learned from {told['examined']:,} results of {told['declarations']:,} declarations → {out} {version}"
    )


@command.command(short_help="Score declarations and choose under a budget. 评分并选查")
@FILES
@LAKE
@MAPPING
@click.option("--model", "path", type=FILE, required=True, help="The model file.")
@click.option("--since", type=DAY, help="Only declarations from this day on.")
@click.option("--budget", type=click.IntRange(1), help="How many to select.  [default: 10 % of them]")
@click.option("--random", default=0.10, show_default=True, type=click.FloatRange(0, 1), help="Share drawn at random.")
@click.option("--novelty", default=0.10, show_default=True, type=click.FloatRange(0, 1), help="Share on new ground.")
@click.option("--quota", "quotas", multiple=True, metavar="UNIT=N", help="At most N in this unit; repeatable.")
@click.option("--seed-file", type=FILE, help="Seed of the draw; made (and its pledge printed) when it is not there.")
@click.option(
    "--out", type=FILE, required=True, help="FILE.csv or FILE.parquet: the contract's `selections`, and more."
)
def score(tables, lake, named, path, since, out, **given) -> None:
    """Choose by lanes (probability, value, expected loss, new ground, random) with the propensity of every entry."""
    from guanjian.targeting import file, listing

    listing.check(out)
    rows, _ = _read(tables, lake, named)
    if since:
        rows = rows.take(rows.at >= _seconds(since))
    model, draw = file.load(path), _draw(given["seed_file"])
    budget = _budget(len(_some(rows)), given)
    listed = listing.chosen(model, rows, budget, draw)
    listed.write(out)
    click.echo(f"抽签承诺 pledge of the draw: {draw.pledge}")
    for lane, number in listed.counts.items():
        click.echo(f"{lane.label.zh} {lane.label.en}: {number:,}")
    click.echo(f"选查 {listed.selected:,} / {len(rows):,} → {out}")


@command.command(short_help="How good would it have been? 评价")
@FILES
@LAKE
@MAPPING
@click.option("--since", type=DAY, help="Learn before, ask after.  [default: the last fifth of the time]")
@click.option("--out", type=FILE, help="The whole report as JSON.")
def evaluate(tables, lake, named, since, out) -> None:
    """Learn before a day, ask of what was examined after it, and show every naive rule beside the model."""
    from guanjian.targeting import report

    rows, settings = _read(tables, lake, named)
    told = report.evaluate(_some(rows), _seconds(since) if since else report.last_fifth(rows), settings)
    _show(told)
    if out:
        out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        click.echo(f"→ {out}")


@command.command(short_help="Answer the API at a local socket. 评分服务")
@click.option("--model", "path", type=FILE, required=True, help="The model file; replaced, it is loaded anew.")
@click.option(
    "--socket",
    "place",
    type=click.Path(path_type=Path),
    help="[default: GUANJIAN_TARGET_SOCKET, else GUANJIAN_HOME/target.socket]",
)
def serve(path, place) -> None:
    """Load the model once and score single declarations for the console's API, in a process of its own."""
    import os

    from guanjian.targeting.serving import serve as answer

    home = Path(os.environ.get("GUANJIAN_HOME", "var")).resolve()
    place = place or Path(os.environ.get("GUANJIAN_TARGET_SOCKET", home / "target.socket"))
    click.echo(f"评分服务 scoring: {path} @ {place}")
    answer(path, place)


def _read(tables: tuple[Path, ...], lake: Path | None, named: str | None) -> tuple[Rows, object]:
    from guanjian.targeting import mapping, reading
    from guanjian.targeting.rows import Rows
    from guanjian.targeting.settings import Settings

    if bool(tables) == bool(lake):
        raise BadInput("请给出数据表或 --lake 中的一种。", "Give either tables or --lake.")
    if lake:
        from guanjian.ingest.lake import Lake

        return reading.from_lake(Lake.open(lake)), mapping.load(named).settings if named else Settings()
    if not named:
        raise BadInput("请用 --mapping 给出映射文件。", "Name the mapping with --mapping.")
    said: Mapping = mapping.load(named)
    return Rows.joined([reading.from_file(table, said) for table in tables]), said.settings


def _some(rows: Rows) -> Rows:
    if not len(rows):
        raise BadInput("没有可用的报关单。", "There is no declaration to work on.")
    return rows


def _seconds(day) -> int:
    from zoneinfo import ZoneInfo

    return int(day.replace(tzinfo=ZoneInfo("Asia/Shanghai")).timestamp())


def _draw(path: Path | None):
    from guanjian.targeting.draw import Draw

    if path is None:
        return Draw.new()
    if path.is_file():
        return Draw(path.read_text().strip())
    draw = Draw.new()
    path.touch(mode=0o600)
    path.write_text(draw.seed + "\n")
    return draw


def _budget(size: int, given: dict):
    from guanjian.targeting.lanes import Budget

    quotas = {}
    for quota in given["quotas"]:
        unit, _, number = quota.rpartition("=")
        if not unit or not number.isdigit():
            raise BadInput(f"--quota 应写成 单位=数量，而不是“{quota}”。", f"Write --quota UNIT=N, not “{quota}”.")
        quotas[unit] = int(number)
    most = given["budget"] or max(size // 10, 1)
    return Budget(most, given["random"], given["novelty"], quotas=quotas)


def _show(told: dict) -> None:
    from rich.console import Console
    from rich.table import Table

    from guanjian.targeting.report import lines

    head, *body = lines(told)
    table = Table(*head, box=None)
    for line in body:
        table.add_row(*line)
    Console().print(table)
    unseen = told["never_seen"]
    auc = "–" if unseen["auc"] is None else f"{unseen['auc']:.3f}"
    click.echo(f"从未查过的组合 never-seen combinations: {unseen['share']:.1%}, AUC {auc}")
    for said in (told["drift"]["advice"], told["caution"]):
        click.echo(f"{said['zh']} {said['en']}")
