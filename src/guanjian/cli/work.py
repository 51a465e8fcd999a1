"""The worker at the shell: runs what waits in the queue, keeps the schedule, and seals the ledger."""

from __future__ import annotations

import os
import signal
import threading

import click

from guanjian.cli import open_office


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, seal the ledger, and stop.")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1, 64), help="Jobs at a time.")
@click.option(
    "--lease",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.3),
    help="Seconds without a sign of life after which a job is another's.",
)
@click.option("--queue", "queues", multiple=True, help="Only this queue; repeatable. By default all.")
@click.option("--seal/--no-seal", default=True, show_default=True, help="Also seal the ledger.")
def command(once: bool, threads: int, lease: float, queues: tuple[str, ...], seal: bool) -> None:
    """Run background jobs. The first Ctrl-C lets the jobs at hand finish; the second hands them back and leaves."""
    open_office()
    from guanjian.jobs.worker import Worker
    from guanjian.ledger import sequencer

    worker = Worker(lease, list(queues) or None)
    if once:
        click.echo(f"已运行 {worker.run_once()} 项任务 | jobs run")
        if seal:
            click.echo(f"已封存 {sequencer.seal_all()} 条 | entries sealed")
        return
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: _leave(worker))
    sealing = threading.Thread(target=sequencer.run, args=(worker.stop,), name="sequencer")
    if seal:
        sealing.start()
    click.echo(f"{worker.name} 开始工作 | at work")
    worker.run(threads)
    if worker.leave.is_set():
        os._exit(130)  # its threads are still inside tasks that are another worker's now
    if seal:
        sealing.join()


def _leave(worker) -> None:
    (worker.leave if worker.stop.is_set() else worker.stop).set()
