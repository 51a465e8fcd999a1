"""In a state, which steps are a post's to take, and which are only its right beside somebody else's duty: to object, to cancel?"""

from __future__ import annotations

from guanjian.kernel.flow import Flow, Step
from guanjian.org.actor import Holding
from guanjian.org.posts import Post


def is_duty(step: Step, flow: Flow, state: str) -> bool:
    """True unless the main step of this state is another one, and this one a right beside it.

    So is a grave step where all others happen on the spot or by themselves.
    """
    here = flow.awaited(state)
    if any(one.weight == "main" for one in here):
        return step.weight == "main"
    others = [one for one in here if one is not step]
    happens = bool(others) and all(one.remote or set(one.by) == {Post.SYSTEM} for one in others)
    return not (step.weight == "grave" and happens)


def steps_of(held: Holding | None, flow: Flow, state: str, duty: bool = True) -> list[Step]:
    """The duties of this post in this state, or its rights beside them; without a post the answers of whom it is about."""
    if held is None:
        return [step for step in flow.awaited(state) if duty and step.heard]
    return [step for step in flow.awaited(state) if held.post in step.by and is_duty(step, flow, state) == duty]


def turns(flow: Flow, held: Holding | None, duty: bool = True) -> list[str]:
    """The states in which there are such steps."""
    return sorted(str(state) for state in flow.states if steps_of(held, flow, str(state), duty))
