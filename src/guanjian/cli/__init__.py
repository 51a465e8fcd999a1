"""What may an operator run? One file per command, found by its name and imported only when it is called."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import click

from guanjian.kernel.errors import GuanjianError, NoOffice

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
    except Exception as problem:
        error = problem if isinstance(problem, GuanjianError) else _no_office(problem)
        if error is None:
            raise
        click.echo(f"guanjian: {error.text.zh} | {error.text.en}", err=True)
        sys.exit(error.exit_code)


def _no_office(problem: Exception) -> NoOffice | None:
    """What is said where the database lacks a table or a column, or cannot be reached; None for any other problem."""
    database = sys.modules.get("django.db")
    if database is None or not isinstance(problem, (database.OperationalError, database.ProgrammingError)):
        return None
    home = sys.modules["django.conf"].settings.GUANJIAN_HOME
    return NoOffice(
        f"业务库打不开，还没有建立，或不是本版本的（{problem}）。请检查 GUANJIAN_HOME（现为{home}）和 GUANJIAN_DATABASE；"
        "运行 guanjian serve 会建立或升级它。",
        f"The office's database does not open, is not there yet, or is not of this version ({problem}). Look at GUANJIAN_HOME "
        f"(now {home}) and GUANJIAN_DATABASE; guanjian serve makes it or brings it up to date.",
    )
