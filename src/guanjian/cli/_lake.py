"""What every command that runs a catalogue over a lake asks for: which lake, which rules, how set, as of when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from guanjian.kernel.words import Text

Catalogue = Callable[[], Mapping[str, Any]]


def over_a_lake(catalogue: Catalogue, example: str, what: str) -> Callable[[Callable], Callable]:
    """The options `--lake --only --as-of --param --memory --list` of a command; `catalogue` is asked for when it is listed.

    The command receives `lake_path` (Path), `only` (codes with commas), `as_of` (datetime or None), `settings` (a tuple
    of CODE.NAME=VALUE) and `memory`.
    """
    options = (
        click.option("--lake", "lake_path", required=True, type=click.Path(path_type=Path), help="Folder of the lake."),
        click.option("--only", default="", metavar="CODES", help=f"Comma-separated codes, e.g. {example}; default all."),
        click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Use what was known at the end of that day."),
        click.option("--param", "settings", multiple=True, metavar="CODE.NAME=VALUE", help="Override a parameter; repeatable."),
        click.option("--memory", default="2GB", show_default=True, help="Memory for DuckDB; beyond it, it spills to disk."),
        click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=partial(_list, catalogue),
                     help=f"Show the {what} and their parameters, and stop."),
    )  # fmt: skip

    def with_options(command: Callable) -> Callable:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


def _list(catalogue: Catalogue, context: click.Context, _option: click.Option, wanted: bool) -> None:
    if not wanted:
        return
    for one in catalogue().values():
        of: Text | None = getattr(one, "of", None)
        click.echo(f"{one.code}  {one.title.zh}  {one.title.en}" + (f"  [{of.zh}]" if of else ""))
        for name, param in one.params.items():
            click.echo(f"    {one.code}.{name}={param.default}  {param.means.zh}（{param.unit.zh}）{param.means.en}")
    context.exit()
