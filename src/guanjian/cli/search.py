"""What search finds: laid anew from the records, or compared with them."""

from __future__ import annotations

import click

from guanjian.cli import open_office
from guanjian.kernel.errors import BadInput

SHOWN = 20


@click.group()
def command() -> None:
    """Rebuild what search finds, or verify that it is what the records say."""
    open_office()


@command.command()
def rebuild() -> None:
    """Lay the words of every record anew; safe to repeat."""
    from guanjian.moving.relaying import relay

    count = relay()
    click.echo(f"已重建 {count} 件的检索 | the words of {count} records laid anew")


@command.command()
def verify() -> None:
    """Compare what search finds with every record; exit code 2 names those that differ."""
    from guanjian.moving.relaying import astray

    found = list(astray())
    if found:
        keys = ", ".join(found[:SHOWN])
        raise BadInput(
            f"{len(found)} 件与检索不符（{keys}），请运行 guanjian search rebuild。",
            f"{len(found)} records differ from what search finds ({keys}): run guanjian search rebuild.",
        )
    click.echo("检索与事项一致 | search and the records agree")
