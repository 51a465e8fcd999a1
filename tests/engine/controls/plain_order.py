"""The templates of order and number read plainly: True when the trace keeps the rule."""

from __future__ import annotations

from itertools import pairwise

from tests.engine.controls.plain_events import names


def existence(s, a, times=1):
    return sum(x in names(a) for x in s) >= times


def absence(s, a, times=1):
    return sum(x in names(a) for x in s) < times


def exactly(s, a, times=1):
    return sum(x in names(a) for x in s) == times


def init(s, a):
    return s[0] in names(a)


def last(s, a):
    return s[-1] in names(a)


def has(s, a):
    return any(x in names(a) for x in s)


def responded_existence(s, a, b):
    return not has(s, a) or has(s, b)


def coexistence(s, a, b):
    return has(s, a) == has(s, b)


def choice(s, a, b):
    return has(s, a) or has(s, b)


def exclusive_choice(s, a, b):
    return has(s, a) != has(s, b)


def response(s, a, b):
    return all(has(s[i + 1 :], b) for i, x in enumerate(s) if x in names(a))


def precedence(s, a, b):
    return all(has(s[:i], a) for i, x in enumerate(s) if x in names(b))


def succession(s, a, b):
    return response(s, a, b) and precedence(s, a, b)


def alternate_response(s, a, b):
    for i, x in enumerate(s):
        if x in names(a):
            ahead = next((y for y in s[i + 1 :] if y in names(a) | names(b)), None)
            if ahead not in names(b):
                return False
    return True


def alternate_precedence(s, a, b):
    for i, x in enumerate(s):
        if x in names(b):
            behind = next((y for y in reversed(s[:i]) if y in names(a) | names(b)), None)
            if behind not in names(a):
                return False
    return True


def alternate_succession(s, a, b):
    return alternate_response(s, a, b) and alternate_precedence(s, a, b)


def chain_response(s, a, b):
    return all(i + 1 < len(s) and s[i + 1] in names(b) for i, x in enumerate(s) if x in names(a))


def chain_precedence(s, a, b):
    return all(i > 0 and s[i - 1] in names(a) for i, x in enumerate(s) if x in names(b))


def chain_succession(s, a, b):
    return chain_response(s, a, b) and chain_precedence(s, a, b)


def not_coexistence(s, a, b):
    return not (has(s, a) and has(s, b))


def not_response(s, a, b):
    return not any(has(s[i + 1 :], b) for i, x in enumerate(s) if x in names(a))


def not_precedence(s, a, b):
    return not any(has(s[:i], a) for i, x in enumerate(s) if x in names(b))


def not_chain_response(s, a, b):
    return not any(x in names(a) and y in names(b) for x, y in pairwise(s))


def skipped(s, steps):
    return not has(s, steps[-1]) or all(has(s, step) for step in steps)


def reordered(s, steps):
    firsts = [next((i for i, x in enumerate(s) if x in names(step)), None) for step in steps]
    seen = [place for place in firsts if place is not None]
    return seen == sorted(seen)


def repeated(s, a, at_most=1):
    return sum(x in names(a) for x in s) <= at_most


FLOW = {
    f.__name__: f
    for f in (
        existence, absence, exactly, init, last, responded_existence, coexistence, choice, exclusive_choice, response,
        precedence, succession, alternate_response, alternate_precedence, alternate_succession, chain_response,
        chain_precedence, chain_succession, not_coexistence, not_response, not_precedence, not_chain_response, skipped,
        reordered, repeated,
    )
}  # fmt: skip
FLOW |= {
    "not_responded_existence": not_coexistence,
    "not_succession": not_response,
    "not_chain_precedence": not_chain_response,
    "not_chain_succession": not_chain_response,
}
