"""guanjian ingest: files and folders into the lake."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager

import click


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--lake",
    "lake_path",
    required=True,
    type=click.Path(file_okay=False),
    help="The folder of the lake; made if it is not there.",
)
@click.option("--table", help="The table that the files are; otherwise the folder's or the file's name says it.")
@click.option(
    "--mapping", "mapping_source", help="A mapping file (YAML), or the name of one that is shipped: kcs2022, eventlog."
)
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def command(
    paths: tuple[str, ...], lake_path: str, table: str | None, mapping_source: str | None, as_json: bool
) -> None:
    """Import PATHS (CSV, Parquet, JSON Lines, XES, OCEL 2.0; files or folders) into the lake, as one batch.

    A folder named as a table, or files named <table>.*, need no --table. Rows that break the contract go whole to the
    quarantine; importing the same again adds nothing. 导入数据：合格的行入湖，不合格的行原样隔离，重复导入不增加任何内容。
    """
    from guanjian.ingest.importing import ingest
    from guanjian.ingest.lake import Lake
    from guanjian.ingest.mapping import load

    mapping = load(mapping_source) if mapping_source else None
    with _bar() as progress:
        receipt = ingest(paths, Lake.open(lake_path, create=True), table, mapping, progress)
    if as_json:
        click.echo(json.dumps(receipt.as_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(receipt)))


@contextmanager
def _bar():
    """A progress bar on the terminal; silence where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda what, share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda what, share: progress.update(task, description=str(what), completed=share)


def _lines(receipt) -> list[str]:
    lines = [f"{'table':<16}{'read':>12}{'accepted':>12}{'quarantined':>12}{'duplicates':>12}{'revisions':>12}"]
    for name, counts in [*receipt.tables.items(), ("total", receipt.total)]:
        lines.append(f"{name:<16}" + "".join(f"{number:>12,}" for number in counts.parts()))
    lines.append("read = accepted + quarantined + duplicates 读入 = 接收 + 隔离 + 重复")
    if receipt.known:
        lines.append("已导入过，未增加任何内容 | imported before: nothing was added")
    for place, counted in receipt.unknown_codes.items():
        shown = ", ".join(f"{code} ({count:,})" for code, count in list(counted.items())[:5])
        lines.append(f"未知代码，已保留 | unknown codes, kept: {place}: {shown}{' …' if len(counted) > 5 else ''}")
    for why in receipt.set_aside[:10]:
        where = f"{why['first_file']}:{why['first_line']}"
        lines.append(
            f"隔离 | set aside: {why['table']}.{why['column']} ×{why['rows']:,} {why['reason_zh']} | {why['reason_en']} ({where})"
        )
    for file, columns in receipt.ignored_columns.items():
        lines.append(f"未使用的列 | columns not used: {file}: {', '.join(columns)}")
    for file in receipt.skipped_files:
        lines.append(f"不是数据表，已跳过 | no table, skipped: {file}")
    return [*lines, f"批次 | batch {receipt.batch}"]
