"""What every plain reading asks of a log: the events of an activity, in each trace and over all of them."""

from __future__ import annotations


def names(value) -> set:
    return {value} if isinstance(value, str) else set(value)


def of(trace, a):
    return [event for event in trace if event["activity"] in names(a)]


def everywhere(log, a):
    return [(o, event) for o, trace in log.items() for event in of(trace, a)]


def any_event(log, a, wrong):
    return {o for o, event in everywhere(log, a) if wrong(event)}
