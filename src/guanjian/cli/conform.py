"""`guanjian conform`: ask internal controls of any event log, or of the lake."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guanjian.kernel.errors import BadInput, NotFound

if TYPE_CHECKING:
    from guanjian.engine.controls.run import Tally
    from guanjian.kernel.workdays import Calendar
    from guanjian.signals.controls.control import Control

COLUMNS = {"case": "object_id", "activity": "activity", "at": "at", "resource": "officer_id", "amount": "amount"}


def _column(name: str, meaning: str):
    return click.option(f"--{name}", f"{name}_column", metavar="COLUMN", help=f"The column of {meaning}.")


@click.command(short_help="Ask internal controls of an event log or of the lake. 内控规则核验")
@click.option("--log", "log_path", type=click.Path(path_type=Path), help="CSV, JSON Lines, Parquet, XES or OCEL 2.0.")
@click.option("--lake", "lake_path", type=click.Path(path_type=Path), help="Folder of the lake, instead of --log.")
@click.option(
    "--controls", "controls_path", type=click.Path(path_type=Path), help="YAML; with --lake default: all of ours."
)
@click.option("--out", type=click.Path(path_type=Path), help="FILE.parquet, FILE.csv or FILE.json.")
@click.option("--only", default="", metavar="CODES", help="Comma-separated codes of controls.")
@_column("case", "the object, e.g. the declaration (recognised: object_id, case_id, case:concept:name …)")
@_column("activity", "the step (recognised: activity, act, concept:name …)")
@_column("at", "the time (recognised: at, ts, time:timestamp …)")
@_column("resource", "the person (recognised: officer_id, resource, actor …)")
@_column("amount", "the amount (recognised: amount, amount_cny …)")
@click.option("--system", multiple=True, metavar="ID", help="A person id that means the system, e.g. -1; repeatable.")
@click.option("--utc", is_flag=True, help="Times without a zone are UTC; otherwise they are China time.")
@click.option(
    "--table", "tables", multiple=True, metavar="NAME=FILE", help="authorities, relations, rosters or qualifications."
)
@click.option(
    "--holidays", "holidays_path", type=click.Path(path_type=Path), help="CSV day,kind; default: the shipped table."
)
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="With --lake: what was known at the end of that day."
)
@click.option(
    "--profile", "zeta", type=float, metavar="ZETA", help="Also the temporal profile: departures beyond ZETA sd."
)
@click.option("--memory", default="2500MB", show_default=True, help="Memory for DuckDB; beyond it, it spills to disk.")
@click.option("--templates", is_flag=True, help="Show every template with its arguments and stop.")
def command(log_path, lake_path, controls_path, out, only, templates, zeta, **given) -> None:
    """Ask internal controls of an event log: pass, breach or not testable for each object, with the events as evidence.

    A control is a few lines of YAML: code, title, rule (a template) and its arguments; docs/controls.md has them all.

    \b
    - code: OPS-01
      title: 查验与复核须由不同的人办理
      rule: apart
      with: {steps: [INSPECT_PERFORM, INSPECT_REVIEW]}

    \b
    guanjian conform --log events.csv --controls ours.yaml --out breaches.csv
    guanjian conform --log log.xes --controls ours.yaml --profile 6 --out breaches.parquet
    guanjian conform --log ops.parquet --system -1 --utc --table authorities=limits.csv --controls ours.yaml --out b.json
    guanjian conform --lake lake --out breaches.parquet       (the catalogue of customs controls)
    guanjian conform --templates

    A control whose column or table is not there is “not testable”, never “passed”. An open time limit is judged at the
    last moment of the log. Evidence is the list of event ids. FILE.run.json beside FILE keeps the tallies.
    """
    if templates:
        _templates()
        return
    if bool(log_path) == bool(lake_path):
        raise BadInput("请给出 --log 或 --lake 中的一个。", "Give one of --log and --lake.")
    if out is None:
        raise BadInput("请用 --out 给出结果文件。", "Name the file of the results with --out.")
    if not (lake_path or controls_path or zeta is not None):
        raise BadInput("请用 --controls 给出控制文件。", "Name the file of controls with --controls.")
    from guanjian.engine.controls import paper

    paper.check(out)
    controls = _chosen(controls_path, only, bool(lake_path))
    if lake_path:
        _over_lake(lake_path, controls, out, given)
    else:
        _over_log(log_path, controls, out, zeta, given)


def _chosen(path: Path | None, only: str, over_lake: bool) -> list[Control]:
    from guanjian.signals.controls import catalogue

    if path is None and not over_lake:
        return []
    found = catalogue.read(path) if path else list(catalogue.catalogue().values())
    wanted = [code.strip() for code in only.split(",") if code.strip()]
    known = {one.code for one in found}
    for code in wanted:
        if code not in known:
            raise BadInput(f"没有编号为 {code} 的控制。", f"There is no control {code}.")
    return [one for one in found if not wanted or one.code in wanted]


def _over_lake(path: Path, controls: list[Control], out: Path, given: dict) -> None:
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake
    from guanjian.signals.controls.asking import ask_lake

    as_of = given["as_of"] and given["as_of"].date()
    with Session(Lake.open(path), as_of, given["memory"]) as session, _bar(controls) as bar:
        answer = ask_lake(session.connection, controls, calendar(given["holidays_path"]), bar)
        _tell(answer, controls, session.connection, out)


def _over_log(path: Path, controls: list[Control], out: Path, zeta: float | None, given: dict) -> None:
    from guanjian.engine.controls.profile import temporal_profile
    from guanjian.engine.controls.run import connect
    from guanjian.signals.controls.asking import ask_log

    connection = connect()
    connection.execute(f"SET memory_limit = '{given['memory']}'")
    with tempfile.TemporaryDirectory(prefix="guanjian-") as scratch:
        source = _source(connection, path, Path(scratch), given)
        for table in given["tables"]:
            _side(connection, table, Path(scratch))
        with _bar(controls) as bar:
            answer = ask_log(connection, source, controls, calendar(given["holidays_path"]), bar)
        extra = {}
        if zeta is not None:
            extra["profile"] = vars(temporal_profile(connection, zeta)) | {"zeta": zeta}
        _tell(answer, controls, connection, out, extra)


def _read(path: Path, scratch: Path) -> str:
    from guanjian.ingest import sources
    from guanjian.ingest.raw import LINE, Form

    if not path.is_file():
        raise NotFound(f"没有这个文件：{path}", f"There is no such file: {path}")
    if not sources.suffix_of(path):
        known = " ".join(sorted(sources.READERS))
        raise BadInput(
            f"不认识 {path.name} 的格式；可读：{known}。", f"{path.name} is of no known kind; these are: {known}."
        )
    raw = sources.read(path, scratch / path.name.replace(".", "_"), Form(look=sources.look(path)))
    if raw.broken_rows:
        raise BadInput(
            f"{path.name} 有{raw.broken_rows}行读不成，请先修正。",
            f"{path.name} has {raw.broken_rows} unreadable rows; mend them first.",
        )
    place = str(raw.parquet).replace("'", "''")
    left_out = f' EXCLUDE ("{LINE}")' if raw.spooled else ""
    return f"SELECT *{left_out} FROM read_parquet('{place}')"


def _source(connection, path: Path, scratch: Path, given: dict):
    from dataclasses import replace

    from guanjian.engine.controls.source import recognise

    named = {meaning: given[f"{name}_column"] for name, meaning in COLUMNS.items() if given.get(f"{name}_column")}
    source = recognise(connection, _read(path, scratch), named, given["utc"])
    return replace(source, system=frozenset(given["system"]))


def _side(connection, table: str, scratch: Path) -> None:
    from guanjian.engine.controls.side import lay

    name, _, place = table.partition("=")
    if not place:
        raise BadInput(f"--table 应写成 名称=文件，而不是“{table}”。", f"Write --table NAME=FILE, not “{table}”.")
    lay(connection, name, _read(Path(place), scratch))


def calendar(path: Path | None) -> Calendar:
    """The working days of a table of holidays, or of the one that is shipped."""
    from guanjian.kernel.workdays import Calendar

    place = path or files("guanjian.org") / "holidays.csv"
    try:
        with place.open(encoding="utf-8-sig") as file:
            rows = [(date.fromisoformat(row["day"]), row["kind"]) for row in csv.DictReader(file)]
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(
            f"节假日表 {place} 读不成（应有 day,kind 两列）。",
            f"The holiday table {place} cannot be read (columns day,kind).",
        ) from error
    off = frozenset(day for day, kind in rows if kind == "holiday")
    on = frozenset(day for day, kind in rows if kind == "workday")
    return Calendar(off, on, date(max(off | on).year, 12, 31)) if off | on else Calendar()


class _bar:  # noqa: N801  read as a word in a `with`
    """A progress bar that is called with the code that is being asked."""

    def __init__(self, controls: list[Control]) -> None:
        from tqdm import tqdm

        self.bar = tqdm(total=len(controls), unit="", disable=None)

    def __call__(self, code: str) -> None:
        self.bar.set_description(code)
        self.bar.update()

    def __enter__(self) -> _bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()


def _tell(answer, controls: list[Control], connection, out: Path, extra: dict | None = None) -> None:
    from guanjian.engine.controls import paper

    titles = {one.code: one for one in controls}
    record = {"events": answer.events, "objects": answer.objects, **(extra or {})}
    record["controls"] = [{**vars(t), "passed": t.passed, "title": str(titles[t.code].title)} for t in answer.tallies]
    written = paper.write(connection, "SELECT * FROM log_results ORDER BY control, result, object_id", out, record)
    _table(answer.tallies, titles)
    if extra:
        click.echo(f"temporal profile 时间剖面: {extra['profile']}")
    breaches = sum(tally.breached for tally in answer.tallies)
    click.echo(
        f"{answer.events:,} events · {answer.objects:,} objects · {breaches:,} breaches · {' · '.join(map(str, written))}"
    )


def _table(tallies: list[Tally], titles: dict[str, Control]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("code", box=None)
    table.add_column("控制 control", overflow="fold")
    for name in ("objects", "pass", "breach", "not testable", "seconds"):
        table.add_column(name, justify="right")
    table.add_column("missing")
    console = Console(width=None)
    for tally in tallies:
        title = titles[tally.code].title
        shown = title.zh if title.zh == title.en or console.width < 130 else f"{title.zh} {title.en}"
        counts = (tally.objects, tally.passed, tally.breached, tally.untestable)
        table.add_row(tally.code, shown, *(f"{n:,}" for n in counts), f"{tally.seconds:.2f}", ", ".join(tally.missing))
    console.print(table)


def _templates() -> None:
    from guanjian.engine.controls.all_templates import TEMPLATES

    for found in TEMPLATES.values():
        click.echo(f"{found.signature}\n    {found.title.zh}：{found.says.zh}\n    {found.title.en}: {found.says.en}")
