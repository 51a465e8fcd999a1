"""Taking steps in tests: by whom, with which facts, and what a refusal says."""

from __future__ import annotations

import pytest

from guanjian.kernel.errors import NotAllowed
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance
from tests.cast import actor
from tests.loops.samples import given


def go(record: Record, *steps: tuple) -> Record:
    """Take steps, each (name, who, changes of the sample facts)."""
    for name, who, *changes in steps:
        facts = given(record, name, **(changes[0] if changes else {}))
        record = advance(record, name, actor(who), facts, record.version)
    return record


def refused(record: Record, name: str, who: str, says: str, **changes) -> None:
    """The step is refused to this person with a sentence that says so."""
    with pytest.raises(NotAllowed, match=says):
        advance(record, name, actor(who), given(record, name, **changes))
