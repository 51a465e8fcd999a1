"""Who proposes, who consents, who appoints: dated data that two administrators change, and that postings follow."""

import pytest
from django.db import IntegrityError, transaction

from guanjian.kernel import ranks
from guanjian.ledger.models import Entry
from guanjian.loops.posting.models import Posting
from guanjian.org.authority import authority, in_force
from guanjian.org.models import Mandate
from tests.cast import CAST, client, person
from tests.days import Ahead, as_of_now, date_in, day, today
from tests.loops.moves import go, refused
from tests.loops.moving_people import TO_CUSTOMS, opened, proposed


@pytest.fixture
def cast(chain):
    for name in CAST:
        person(name)


HEAD = {"to_post": "house_leader", "to_level": "division", "present_rank": "", "new_rank": ""}
CHANGE = {"line": "customs", "whom": "others", "levels": ["section"], "proposes": "above", "consents": "leader", "appoints": "leader",
          "decides": "above", "since": Ahead(9), "source": "署令〔2026〕9号"}  # fmt: skip
MANDATES = "/office/mandates/"


def changed(**more) -> Mandate:
    """A change that both administrators have agreed on."""
    assert client("admin").post(MANDATES, as_of_now({**CHANGE, **more})).status_code == 302
    made = Mandate.objects.latest("pk")
    assert client("security").post(f"{MANDATES}{made.pk}/confirm/").status_code == 302
    return made


def test_authority_is_dated_data_and_read_as_of_any_day(cast):
    changed()
    before, now = (authority("customs", "section_chief", "section", date_in(n)) for n in (8, 9))
    assert (before.above, now.above, now.over, now.source) == (False, True, True, CHANGE["source"])
    assert authority("customs", "section_chief", "staff", date_in(9)).above is False
    assert authority("customs", "house_leader", "section", date_in(9)).above is False


def test_the_table_of_a_day_names_every_post_of_both_lines_once(cast):
    changed()
    for on in (today(), date_in(9)):
        spoken = [(one.line, one.leaders, level) for one in in_force(on) for level in one.levels]
        assert len(spoken) == len(set(spoken)) == 2 * 2 * len(ranks.PostLevel)
        for one in in_force(on):
            post = "leader" if one.leaders else "frontline"
            assert {authority(one.line, post, level, on).source for level in one.levels} == {one.source}


def test_a_posting_follows_what_holds_on_its_first_day(cast):
    changed()
    assert proposed(starts_on=day(8)).by_above is False
    Posting.objects.update(state="withdrawn")
    later = proposed(starts_on=day(9))
    assert (later.by_above, later.consents, later.authority_source) == (True, "leader", CHANGE["source"])
    assert CHANGE["source"] in client("function").get(f"/posting/{later.pk}/").content.decode()


def test_a_leader_is_proposed_by_personnel_of_the_level_above(cast):
    one = opened(officer="front", to_unit="2200")
    told = {**TO_CUSTOMS, "to_unit": "2200", **HEAD, "to_post": "leader"}
    refused(one, "propose", "function", "由上一级人事部门提名", **told)
    assert go(one, ("propose", "function_hq", told)).state == "proposed"
    house = opened(officer="colleague")
    assert go(house, ("propose", "function", {**TO_CUSTOMS, **HEAD})).appoints == "leader"


def test_a_head_of_the_bureau_is_taken_with_the_consent_of_customs_and_appointed_by_the_bureau_above(cast):
    one = opened(officer="police", to_unit="22P0")
    told = {**TO_CUSTOMS, "to_unit": "22P0", **HEAD, "to_post": "police_leader"}
    one = go(one, ("propose", "function", told), ("clear", "oversight"), ("consent", "leader"))
    assert (one.consents, one.appoints, one.by_above) == ("leader", "police_leader", True)


def test_a_change_of_authority_takes_two_administrators_and_holds_from_a_day_ahead(cast):
    admin, security = client("admin"), client("security")
    assert admin.post(MANDATES, {**as_of_now(CHANGE), "since": day(0)}).status_code == 400
    assert security.post(MANDATES, as_of_now(CHANGE)).status_code == 403
    assert admin.post(MANDATES, as_of_now(CHANGE)).status_code == 302
    made = Mandate.objects.get()
    assert admin.post(f"{MANDATES}{made.pk}/confirm/").status_code == 404
    assert authority("customs", "frontline", "section", date_in(9)).above is False
    assert security.post(f"{MANDATES}{made.pk}/drop/").status_code == 302
    assert security.post(f"{MANDATES}{made.pk}/confirm/").status_code == 404
    told = Entry.objects.filter(subject=f"mandate/{made.pk}").order_by("id").values_list("event", "actor")
    assert list(told) == [("office.mandate_entered", "admin"), ("office.mandate_dropped", "security")]


def test_the_database_holds_no_change_that_its_author_confirmed(cast):
    changed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.update(confirmed_by="admin")


def test_the_page_of_authority_is_for_administrators_and_reads_any_day(cast):
    changed()
    source = CHANGE["source"]
    page = client("security").get(MANDATES, {"on": day(9)}).content.decode()
    assert page.count(source) == 2
    assert client("admin").get(MANDATES, {"on": day(8)}).content.decode().count(source) == 1
    assert [client(who).get(MANDATES).status_code for who in ("leader", "audit", "function")] == [404] * 3
