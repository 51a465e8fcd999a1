"""The office: its tables, its people, and what crosses between it and the lake."""

from __future__ import annotations

from pathlib import Path

import click

from guanjian.cli import open_office


def _lake(folder: str | None):
    from django.conf import settings

    from guanjian.ingest.lake import Lake

    return Lake.open(Path(folder) if folder else settings.GUANJIAN_LAKE)


lake_option = click.option(
    "--lake", metavar="DIR", help="The lake; by default the one of the settings (GUANJIAN_LAKE)."
)


@click.group()
def command() -> None:
    """Prepare the office, take units and people from the lake, open findings as alerts, publish outcomes.

    First day: `office prepare`, `ingest …`, `office take`, `office person …`, `office detect`, then `serve` and `work`.
    """
    open_office()


@command.command()
def prepare() -> None:
    """Create or upgrade the tables; plant headquarters, the 42 districts and the holiday table. Safe to repeat."""
    from django.core.management import call_command

    from guanjian.crossing import reference, tasks
    from guanjian.moving.relaying import relay_if_empty

    call_command("migrate", verbosity=0, interactive=False)
    relay_if_empty()
    reference.plant_headquarters()
    days = reference.plant_holidays()
    tasks.plan_all()
    click.echo(f"表已就绪；节假日表 {days} 天。 Tables ready; {days} days in the holiday table.")


@command.command()
@lake_option
def take(lake: str | None) -> None:
    """Take the lake's `units` and `officers` into the office, and note every batch in the ledger."""
    from django.utils import timezone

    from guanjian.crossing import imports, reference

    source = _lake(lake)
    batches = imports.note_batches(source)
    units, people = reference.take_units(source), reference.take_officers(source, timezone.localdate())
    click.echo(
        f"单位 {units}，人员 {people}，批次 {len(batches)}。 Units {units}, people {people}, batches {len(batches)}."
    )
    for lost in imports.lost_batches(source):
        click.echo(f"账本记有而数据湖已无: {lost} (noted in the ledger, no longer in the lake)", err=True)


@command.command()
@click.argument("username")
@click.option("--name", "name_zh", required=True, help="The name shown.")
@click.option("--post", required=True, help="One of the posts, for example frontline, police, oversight, sec_admin.")
@click.option("--unit", required=True, help="The code of the unit, for example 2201.")
@click.password_option(help="At least 12 characters; asked for when not given.")
def person(username: str, name_zh: str, post: str, unit: str, password: str) -> None:
    """Create a person with a password and one post. The second factor is set up at the first sign-in."""
    from guanjian.crossing import people

    people.admit(username, name_zh, post, unit, password)
    click.echo(f"已建立 {username}。 Created {username}.")


@command.command()
@lake_option
@click.option("--only", metavar="CODES", help="Detector codes, comma separated; all by default.")
@click.option("--as-of", metavar="DATE", help="What was known on this day.")
def detect(lake: str | None, only: str | None, as_of: str | None) -> None:
    """Run the catalogue on the lake and open an alert or an integrity lead for every new finding."""
    from guanjian.crossing.detect import run

    opened = run(_lake(lake), only=only.split(",") if only else None, as_of=as_of)
    click.echo(
        f"线索 {opened.findings} 条：新开预警 {opened.alerts}，廉政线索 {opened.leads}，已有 {opened.known}。 "
        f"{opened.findings} findings: {opened.alerts} alerts and {opened.leads} leads opened, {opened.known} known."
    )
    if opened.held:
        click.echo(
            f"{opened.held} 条涉及人员的线索未开：该隔离区尚无人建立密钥（监督岗位人员登录一次即可）。 "
            f"{opened.held} about people not opened: nobody of their compartment has signed in yet.",
            err=True,
        )


@command.command()
@lake_option
def publish(lake: str | None) -> None:
    """Publish to the lake what the office learned: outcomes of closed alerts, and the trace of its own loops."""
    from guanjian.crossing import outcomes, trace

    target = _lake(lake)
    learned, done = outcomes.publish(target), trace.publish(target)
    click.echo(f"结果 {learned} 条，环节 {done} 条。 {learned} outcomes, {done} steps.")
