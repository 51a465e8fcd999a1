"""The catalogue: every signal with what its alerts turned out to be, and a budget that headquarters decides and a run keeps."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from guanjian.crossing import catalogue
from guanjian.crossing.catalogue import BUDGET
from guanjian.engine.run import Rules
from guanjian.ingest.lake import Lake
from guanjian.ledger.models import Entry
from guanjian.lenses.signals import FILE
from guanjian.loops.alert.actions import open_from_finding
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Parameter, Unit
from guanjian.web.catalogue import BUDGET as SHOWN
from tests import cast
from tests.days import date_in, day, today
from tests.lenses.small_lake import small_lake
from tests.loops.behind import rewrite
from tests.loops.findings import finding
from tests.loops.measuring import TESTED
from tests.loops.world import record_of
from tests.signed_in import browser


@pytest.fixture
def office(db, tmp_path, settings):
    cast.settle()
    settings.GUANJIAN_LAKE = small_lake(tmp_path)
    catalogue.publish(Lake.open(settings.GUANJIAN_LAKE))
    return settings.GUANJIAN_LAKE


def closed(n, verdict):
    """So many closed alerts of VAL-01 with one verdict."""
    house = Unit.objects.get(pk="2201")
    for number in range(n):
        alert = open_from_finding(finding(subject_id=f"{verdict}{number}"), house, SYSTEM)
        rewrite(
            alert,
            state="closed",
            verdict=verdict,
            closed_at=timezone.now(),
            score=9.0 if verdict == "confirmed" else 1.0,
        )


def page(name):
    return browser(name).get("/catalogue/").content.decode()


def test_every_signal_of_the_code_is_listed_by_its_name(office):
    listed = json.loads((office / FILE).read_text())
    told = page("risk")
    assert len(listed) > 9
    assert all(row["code"] in told and row["zh"] in told for row in listed)


def test_the_rates_the_workload_and_the_advice_of_a_signal_come_from_its_closed_alerts(office):
    closed(12, "confirmed")
    closed(8, "refuted")
    told = page("risk")
    assert "60%（" in told
    assert "40%（" in told
    assert "强度阈值提高到9：误报减少8/8件，属实保留12/12件" in told
    assert ">20.0<" in told


def test_an_indicator_in_force_stands_beside_the_detectors_and_a_shared_one_shows_its_formula(office):
    from guanjian.loops.indicator.models import Indicator

    record = record_of(Indicator, shared=True, in_force_from=today())
    rewrite(record, state="in_force", **TESTED)
    for name in ("function", "stranger_function"):
        assert "CMP(事-企业-查获率, &lt;1%)" in page(name)
    assert f'href="/indicator/{record.pk}/"' in page("function")
    assert f'href="/indicator/{record.pk}/"' not in page("stranger_function")


def test_headquarters_decides_the_budget_and_a_run_keeps_it(office):
    given = {"amount": "30", "since": day(), "source": "署风发〔2026〕1号"}
    assert browser("leader").post("/catalogue/", given).status_code == 404
    assert browser("leader_hq").post("/catalogue/", {**given, "since": "2020-01-01"}).status_code == 400
    assert browser("leader_hq").post("/catalogue/", {**given, "amount": "-1"}).status_code == 400
    lake = Lake.open(office)
    assert catalogue.rules(lake, today()) == Rules()
    assert browser("leader_hq").post("/catalogue/", given).status_code == 302
    assert SHOWN == BUDGET
    assert Parameter.objects.get(code=BUDGET).value == {"amount": 30}
    assert catalogue.rules(lake, today()) == Rules(budget=30.0)
    assert catalogue.rules(lake, date_in(-1)) == Rules()
    assert Entry.objects.filter(event="office.budget").count() == 1
    assert "署风发〔2026〕1号" in page("function")


def test_who_reads_no_indicator_finds_no_such_page(office):
    assert browser("police").get("/catalogue/").status_code == 404
    assert browser("admin").get("/catalogue/").status_code == 404
