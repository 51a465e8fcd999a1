"""docs/loops.md, drawn from the step tables: what may happen, who may do it, within how long, and what starts what."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import guanjian.loops
from guanjian.kernel.flow import Flow, Step
from guanjian.kernel.workdays import Limit

PATH = Path(__file__).resolve().parents[2] / "docs" / "loops.md"
HEAD = """# The closed loops 闭环

Drawn by `make draw` from the step tables (`src/guanjian/loops/*/flow.py`); do not edit. Whoever takes a step must hold the
post in the territory of the record, must not be concerned in it, and must be another person than the hands named.
"""


def flows() -> list[Flow]:
    """The flow of every loop, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(guanjian.loops.__path__) if module.ispkg)
    return [import_module(f"guanjian.loops.{name}.flow").FLOW for name in names]


def drawing() -> str:
    """The whole document."""
    return "\n".join([HEAD, _chain(), *(_loop(flow) for flow in flows())])


def _chain() -> str:
    from guanjian.wiring import CHAIN

    rows = [
        f"| `{event}` | {inspect.getdoc(follow_up).splitlines()[0]} |"
        for event, follow_ups in CHAIN.items()
        for follow_up in follow_ups
    ]
    return "\n".join(["## What starts what 接续", "", "| event | then |", "|---|---|", *rows, ""])


def _loop(flow: Flow) -> str:
    head = [f"## `{flow.name}` {flow.title.zh} · {flow.title.en}", "", "```mermaid", flow.mermaid(), "```", ""]
    states = ["| state | limit | source |", "|---|---|---|", *(_state(flow, state) for state in flow.states), ""]
    steps = [
        "| step | who | gives | other hands than | to |",
        "|---|---|---|---|---|",
        *(_step(flow, s) for s in flow.steps),
    ]
    return "\n".join([*head, *states, *steps, ""])


def _state(flow: Flow, state) -> str:
    wait = next((wait for wait in flow.waits if wait.state == state), None)
    if wait is None:
        return f"| {state.label.zh} {state.label.en} | end 终点 | |"
    one = isinstance(wait.limit, Limit)
    said = str(wait.limit) if one else " ".join(f"{level} {limit}" for level, limit in wait.limit.items())
    source = wait.limit.source if one else wait.limit_at("red").source
    until = f" or `{wait.until}`" if wait.until else ""
    return f"| {state.label.zh} {state.label.en} | {said}{until} | {source} |"


def _step(flow: Flow, step: Step) -> str:
    who = "、".join(post.label.zh for post in step.by) + ("、本人 the person concerned" if step.heard else "")
    who += "（本件写明的岗位 the post named in it）" if step.whose else ""
    who += "（下达一方 the side that asked）" if step.side else ""
    who += "（本件所在单位 its own unit）" if step.own else ""
    needs = "、".join(need.label.zh + ("" if need.required else "?") for need in step.needs)
    others = "、".join(flow.name_of(name).zh for name in step.apart_from)
    to = step.target.label.zh if step.target else "="
    return f"| `{step.name}` {step.title.zh} {step.title.en} | {who} | {needs} | {others} | {to} |"
