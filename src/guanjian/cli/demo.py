"""The demonstration: the whole main job on real and simulated data, then the console."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command()
@click.option("--home", default="var/demo", show_default=True, metavar="DIR", help="Where the demonstration lives.")
@click.option(
    "--declarations", default=200_000, show_default=True, type=click.IntRange(2_000), help="Simulated declarations."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the simulation.")
@click.option("--headless", is_flag=True, help="No console: print what was found against the planted truth and stop.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(home: str, declarations: int, seed: int, headless: bool, port: int) -> None:
    """Set up, import real and simulated data, detect, open the loops, and start the console on 127.0.0.1.

    The first start does everything; later starts open the console at once. Delete the folder to begin anew.
    In the console you choose a post instead of signing in: this works here, on this machine, and nowhere else.
    """
    os.environ["GUANJIAN_HOME"] = home
    os.environ["GUANJIAN_LAKE"] = str(Path(home) / "lakes" / "simulated")
    os.environ["GUANJIAN_DEMO"] = "1"
    from guanjian.cli import open_office

    open_office()
    from guanjian.crossing import rehearsal

    stage = rehearsal.Stage(Path(home), declarations, seed, lambda said: click.echo(f"· {said}"))
    if not stage.is_set:
        rehearsal.set_up(stage)
    rehearsal.tell(stage, click.echo)
    if not headless:
        _serve(port)


def _serve(port: int) -> None:
    """The console and the worker, until Ctrl-C."""
    import subprocess
    import sys

    worker = subprocess.Popen([sys.executable, "-m", "guanjian.cli", "work"])
    click.echo(f"\n打开 Open  http://127.0.0.1:{port}/demo/   (Ctrl-C 结束 stops)\n")
    try:
        from granian import Granian

        Granian("guanjian.wsgi:application", interface="wsgi", address="127.0.0.1", port=port).serve()
    finally:
        worker.terminate()
        worker.wait(30)
