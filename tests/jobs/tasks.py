"""Tasks for the tests: each writes to the diary what it did."""

import os
import time

from django.tasks import task

from guanjian.kernel.words import Text


def note(line):
    """One line, written at once, so that lines of several processes do not mix."""
    descriptor = os.open(os.environ["JOBS_DIARY"], os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


@task
def add(a, b):
    note(f"add {a} {b}")
    return {"sum": a + b}


@task(takes_context=True)
def slow(context, name, seconds):
    note(f"begin {name} {context.fence}")
    time.sleep(seconds)
    note(f"end {name} {context.fence}")
    return f"by attempt {context.fence}"


@task(takes_context=True)
def watched(context, steps, pause=0.0):
    for step in range(steps):
        context.progress(Text(f"第 {step} 步", f"step {step}"), step / steps)
        time.sleep(pause)
    note(f"watched to the end {context.fence}")
    return steps


@task(max_attempts=3, retry_seconds=0)
def broken(how):
    note(f"broken {how}")
    if how == "exit":
        raise SystemExit(1)
    raise ValueError(how)


@task
def turn(name="turn"):
    note(name)


@task
async def later(value):
    note("async")
    return value
