"""A record of any loop in any state, and somebody who may take the step from there."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from guanjian.kernel.flow import Step
from guanjian.kernel.words import Names
from guanjian.loops.alert.models import Alert
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.lead.models import Lead
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.urge.models import Urge
from guanjian.moving.found import Found
from guanjian.moving.models import Signature
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from tests.cast import holding
from tests.days import kept
from tests.loops import risks
from tests.loops.behind import rewrite, whole
from tests.loops.families import FAMILIES, of_all
from tests.loops.samples import PREPARED

MODELS: tuple[type[Record], ...] = (
    Alert,
    Lead,
    Clue,
    Case,
    Rectify,
    Oversight,
    Urge,
    *(model for family in FAMILIES for model in family.MODELS),
)
FIELDS = {
    **of_all("FIELDS"),
    "lead": {"label": "integrity", "compartment": "2200", "subject_unit": "2201-01"},
    "case": {"kind": "criminal"},
    "oversight": {"direction": "to_police", "basis": "not_received", "issuer_unit": "2200"},
}
# columns of which no two records have the same value
ALONE = {"oversight": "breach", "urge": "wait", "register": "lineage", **of_all("ALONE")}


def taken() -> Iterator[tuple[type[Record], Step, Names]]:
    """Every step of every loop from each of its sources."""
    return ((model, step, source) for model in MODELS for step in model.FLOW.steps for source in step.source)


def said(values: tuple) -> str:
    """The name of a test's parameter set."""
    return "-".join(
        getattr(value, "name", value) if not hasattr(value, "FLOW") else value.FLOW.name for value in values
    )


def record_of(model: type[Record], **changes) -> Record:
    """A record as it begins, in house 2201 (a lead: in the compartment of its district)."""
    fields = FIELDS.get(model.FLOW.name, {})
    unit = Unit.objects.get(pk=fields.get("compartment") or risks.PLACED.get(model.FLOW.name, "2201"))
    own = {"finding_key": uuid4().hex, "code": "VAL-01"} if issubclass(model, Found) else {}
    if model.FLOW.name in ALONE:
        own[ALONE[model.FLOW.name]] = uuid4().hex
    return start(model, SYSTEM, unit, title="样例", **kept({**fields, **own, **changes}))


def record_before(model: type[Record], step: Step, source: Names) -> Record:
    """A record that waits in `source` and is such that the step may be taken."""
    record = record_of(model)
    prepared = PREPARED.get((model.FLOW.name, step.name), {})
    changes = dict(prepared() if callable(prepared) else prepared)
    signed_by = changes.pop("signed_by", "")
    closed_at = record.opened_at if source in model.FLOW.ends else None
    rewrite(record, state=source.value, closed_at=closed_at, **changes)
    record = whole(model, record.pk)
    for earlier in (*step.after, *filter(None, [signed_by])):
        signed = {"subject": record.key, "step": earlier, "content": record.content()}
        Signature.objects.create(**signed, person_id="signer", initiator_id="author", at=record.opened_at)
    return record


def somebody_for(step: Step, district: str = "22", name: str = "someone") -> Actor:
    """A person who holds the step's first post in a district; SYSTEM where only it may."""
    if step.by == (Post.SYSTEM,):
        return SYSTEM
    post = next(post for post in step.by if post != Post.SYSTEM)
    return Actor(name, name, (holding(post, f"{district}P0" if post.startswith("police") else f"{district}00"),))
