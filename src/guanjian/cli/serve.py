"""`guanjian serve`: the console."""

from __future__ import annotations

import click

from guanjian.cli import open_office


@click.command(short_help="Start the console (127.0.0.1:8000).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--migrate/--no-migrate", default=True, show_default=True, help="Bring the office database up to date first."
)
def command(host: str, port: int, workers: int, migrate: bool) -> None:
    """Start the console and serve it until it is stopped. Behind TLS unless GUANJIAN_INSECURE=1."""
    open_office()
    if migrate:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
    from granian import Granian

    click.echo(f"关鉴 Guanjian: http://{host}:{port}/")
    Granian("guanjian.wsgi:application", interface="wsgi", address=host, port=port, workers=workers).serve()
