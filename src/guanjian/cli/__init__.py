"""What may an operator run? One file per command, found by its name and imported only when it is called."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import click

from guanjian.kernel.errors import GuanjianError

# Read when NumPy is first imported. Our matrices are small: more threads only wait for each other (measured 7 times the CPU).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _files() -> set[str]:
    return {module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")}


class Commands(click.Group):
    """A group whose commands are the modules of this folder, so that `--help` and every command start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name.replace("_", "-") for name in _files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name.replace("-", "_")
        if name not in _files():
            return None
        return importlib.import_module(f"guanjian.cli.{name}").command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="guanjian")
def guanjian() -> None:
    """关鉴: raw business data in, risk found and explained, worked in closed loops, every step provable.

    Start with `guanjian demo`; to use your own data: `guanjian ingest`, then `guanjian detect`.
    """


def open_office() -> None:
    """Make the office's tables and settings usable in this process: for commands that need them, and only those."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanjian.settings")
    django.setup()


def main() -> None:
    """The shell's entry: an error that a person can act on is one sentence and its own exit code."""
    try:
        guanjian()
    except GuanjianError as error:
        click.echo(f"guanjian: {error.text.zh} | {error.text.en}", err=True)
        sys.exit(error.exit_code)
