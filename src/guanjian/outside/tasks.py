"""The same as jobs: sending what waits for one address, and looking for what was left behind."""

from __future__ import annotations

from django.tasks import task

from guanjian.outside import delivering


@task
def send(subscription: int) -> dict:
    """Send what waits for this address; what fails waits longer each time and is taken up by the sweep."""
    became = delivering.send_all(subscription)
    if became and "failed" not in became and subscription in delivering.left_behind():
        send.enqueue(subscription)
    return became


@task
def sweep() -> int:
    """Queue the sending for every address that has something due: whatever was killed or failed is taken up here."""
    waiting = delivering.left_behind()
    for subscription in waiting:
        send.enqueue(subscription)
    return len(waiting)
