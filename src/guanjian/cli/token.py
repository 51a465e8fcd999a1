"""Keys with which another system acts as a person on the API."""

from __future__ import annotations

import click

from guanjian.cli import open_office


@click.group()
def command() -> None:
    """Issue and end keys for the API. A key acts with the posts of its person, no more; its text is shown once.

    Example: `guanjian token issue g220104 --purpose 风控平台对接 --days 90`
    """
    open_office()


def _person(username: str):
    from guanjian.kernel.errors import NotFound
    from guanjian.org.models import Person

    found = Person.objects.filter(username=username).first()
    if found is None:
        raise NotFound(f"没有人员 {username}。", f"There is no person {username}.")
    return found


@command.command()
@click.argument("username")
@click.option("--purpose", required=True, help="Which system uses it, for what.")
@click.option("--days", default=90, show_default=True, help="How long it lasts.")
def issue(username: str, purpose: str, days: int) -> None:
    """Issue a key for this person and print it."""
    from guanjian.crossing import tokens
    from guanjian.org.actor import SYSTEM

    click.echo(tokens.issue(_person(username), purpose, days, SYSTEM))


@command.command()
@click.argument("username")
@click.option("--purpose", required=True, help="The purpose under which it was issued.")
def end(username: str, purpose: str) -> None:
    """End this person's keys of this purpose."""
    from guanjian.crossing import tokens
    from guanjian.org.actor import SYSTEM

    ended = tokens.end(_person(username), purpose, SYSTEM)
    click.echo(f"已停用 {ended} 个密钥。 {ended} keys ended.")
