"""A lead closed in its compartment, and everything that the office stores about it."""

import json
import sqlite3

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import connection

from guanjian.loops.lead.actions import open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.moving.sealing import register_records
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Appointment, Unit
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.cast import actor
from tests.loops.findings import finding_about_a_person
from tests.loops.moves import go

__all__ = (
    "keys",
    "lead",
    "worked",
)  # the fixtures; the rest is asked for by name


SECRETS = {
    "subject": "g22010499",
    "trader": "E9137001",
    "explanation": "该关员与企业往来异常密切",
    "checked": "调取派单日志比对班次",
    "question": "请说明国庆值班安排",
    "reply": "当日系统自动派单",
    "reasons": "派单日志证明线索不成立",
}


@pytest.fixture
def keys(db):
    cast.settle()
    made = cast.give_keys(*cast.KEYED, "g22010499")
    Appointment.objects.filter(person__username="g22010499").update(post="frontline", unit_id="2201")
    register_records()
    return made


@pytest.fixture
def lead(keys):
    told = {"subject_id": "g22010499|E9137001", "explanation": SECRETS["explanation"]}
    return open_from_finding(finding_about_a_person(**told), Unit.objects.get(pk="2201-01"), SYSTEM)


@pytest.fixture
def worked(lead, keys):
    """Asked, answered by the person himself, and proposed to be refuted."""
    person = actor("front", (cast.Post.FRONTLINE, "2201"))
    person = type(person)("g22010499", "g22010499", person.holdings)
    with unlocked(keys):
        lead = go(lead, ("sign", "oversight"), ("verify", "oversight", {"checked": SECRETS["checked"]}))
        lead = go(lead, ("ask", "oversight", {"question": SECRETS["question"] + "及往来情况"}))
        lead = advance(lead, "reply", person, {"reply": SECRETS["reply"]})
        return go(lead, ("refute", "oversight", {"reasons": SECRETS["reasons"]}))


def dumped() -> str:
    """Everything that is stored: each row of each table, the sessions opened as well."""
    rows = [row for model in apps.get_models(include_auto_created=True) for row in model._base_manager.all()]
    told = serializers.serialize("json", rows, ensure_ascii=False)
    connection.ensure_connection()
    raw = connection.connection if isinstance(connection.connection, sqlite3.Connection) else None
    lines = "\n".join(raw.iterdump()) if raw else ""
    return told + lines + json.dumps([row.get_decoded() for row in Session.objects.all()], ensure_ascii=False)


def open_lead() -> Lead:
    return Lead.objects.visible_to(actor("oversight")).get()
