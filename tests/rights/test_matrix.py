"""All posts at five places × all loops × all verbs, by page and by API: no leak and no false refusal."""

from __future__ import annotations

import json

import pytest
from django.apps import apps

from guanjian.kernel.flow import Flow
from guanjian.moving.record import Record
from guanjian.pages.desk import DESKS
from tests.loops.samples import value_for
from tests.loops.world import MODELS
from tests.rights.asking import FRAGMENT, NO_SUCH, NO_SUCH_VERB, REFUSED, Asking
from tests.rights.declared import INSIDERS, asked_by, has_a_turn, may, readers, sees
from tests.rights.stage import MARK, Laid, Stage, noun

PAGE = 25
# one of so many people asks, in rotation, for what is decided alike for a whole list; the list itself everybody reads
HIDDEN, HALF, THIRD, FEW = 8, 2, 3, 6
pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("one", INSIDERS, ids=[one.name for one in INSIDERS])


@pytest.fixture
def asking(stage, one):
    """The person of this test at his browser; what was found to differ fails the test in one message."""
    asking = Asking(one)
    yield asking
    assert not asking.wrong, f"{one.name}: {len(asking.wrong)} differ\n" + "\n".join(asking.wrong[:40])


def test_no_loop_is_left_out(stage):
    loops = [model for model in apps.get_models() if issubclass(model, Record) and "guanjian.loops" in model.__module__]
    assert set(loops) == set(MODELS)
    assert {model.FLOW.name for model in loops} == set(DESKS)
    assert [name for name in DESKS if not noun(name)] == []


@each
def test_lists_counts_home_and_search_tell_what_is_declared(asking, stage: Stage, one):
    visible = {laid.mark for laid in stage.laid if sees(one, laid.record)}
    for name, desk in DESKS.items():
        own = [laid for laid in stage.laid if laid.loop == name]
        _lists(asking, name, own, visible)
        _opening(asking, desk.model.FLOW)
    if asked_by(one, 0, HALF):
        _home(asking, stage, visible)
    else:
        _search(asking, stage, visible)


def _lists(asking: Asking, name: str, own: list[Laid], visible: set[str]) -> None:
    ends = {laid.mark for laid in own if laid.record.is_closed}
    mine = {laid.mark for laid in own if has_a_turn(asking.one, laid.record)}
    seen = {laid.mark for laid in own} & visible
    for number, (tab, wanted) in enumerate((("mine", mine), ("open", seen - ends), ("closed", seen & ends))):
        told = asking.listed(name, tab)
        asking.expect(told == wanted, "list", name, tab, "leaks", sorted(told - wanted), "hides", sorted(wanted - told))
        if asked_by(asking.one, number + list(DESKS).index(name), FEW):
            page = asking.marks(f"/{name}/", tab=tab)
            asking.expect(page <= wanted, "queue page", name, tab, "leaks", sorted(page - wanted))
            asking.expect(len(page) == min(PAGE, len(wanted)), "queue page", name, tab, len(page), "of", len(wanted))


def _opening(asking: Asking, flow: Flow) -> None:
    """Without facts, whoever may open one is told what is missing; others find no page and are refused with any facts."""
    name, allowed = flow.name, asking.one.post in flow.opens
    if asked_by(asking.one, list(DESKS).index(name), THIRD):
        page = asking.client.get(f"/{name}/open/", **FRAGMENT).status_code
        posted = asking.client.post(f"/{name}/open/", {}).status_code
        wanted = (200, 400) if allowed else (NO_SUCH, NO_SUCH)
        asking.expect((page, posted) == wanted, "open page", name, page, posted, "not", wanted)
    facts = {} if allowed else {need.name: value_for(need) for need in flow.opening}
    status = asking.client.post(noun(name), json.dumps({"facts": facts}), content_type="application/json").status_code
    wanted = (400 if allowed else REFUSED) if flow.opens else NO_SUCH_VERB
    asking.expect(status == wanted, "POST api", name, status, "not", wanted)


def _home(asking: Asking, stage: Stage, visible: set[str]) -> None:
    page = asking.get("/")
    told = set(MARK.findall(page.content.decode()))
    asking.expect(told <= visible, "home leaks", sorted(told - visible))
    turns = dict.fromkeys(DESKS, 0)
    for laid in stage.laid:
        turns[laid.loop] += has_a_turn(asking.one, laid.record)
    waiting = page.context["shell"].waiting
    asking.expect(waiting == turns, "menu counts", waiting, "not", turns)
    tiles = page.context["tiles"]
    asking.expect(
        not tiles or tiles[0][1] == str(sum(turns.values())), "home counts", tiles, "not", sum(turns.values())
    )
    asking.expect(bool(tiles) or not sum(turns.values()), "home counts nothing of", sum(turns.values()))
    table = page.context["overview"]
    going_on = sum(sees(asking.one, laid.record) and not laid.record.is_closed for laid in stage.laid)
    counted = sum(total for _, _, total in table.rows) if table else None
    asking.expect(counted in (None, going_on), "overview counts", counted, "not", going_on)


def _search(asking: Asking, stage: Stage, visible: set[str]) -> None:
    """In rotation: for all there is, for one that he may see, for one that he may not."""
    place = INSIDERS.index(asking.one)
    if asked_by(asking.one, 0, THIRD):
        told = asking.marks("/search/", q="MARK")
        asking.expect(told <= visible, "search leaks", sorted(told - visible))
        asking.expect(bool(told) or not visible, "search finds nothing of", len(visible))
        return
    inside = asked_by(asking.one, 1, THIRD)
    sought = [laid for laid in stage.laid if (laid.mark in visible) == inside and _searchable(laid)]
    for laid in sought[place % max(1, len(sought)) :][:1]:
        found = f'href="{laid.page()}"' in asking.get("/search/", q=laid.mark).content.decode()
        asking.expect(found == inside, "search for", laid.mark, laid.loop, "finds it" if found else "hides it")


def _searchable(laid: Laid) -> bool:
    return "title" in DESKS[laid.loop].search_fields


@each
def test_records_are_there_for_whom_they_are_declared(asking, stage: Stage, one):
    for number, laid in enumerate(stage.states):
        seen = sees(one, laid.record)
        answers = [("api", asking.get(laid.api()))] if asked_by(one, number, HALF if seen else HIDDEN) else []
        if asked_by(one, number + 1, FEW if seen else HIDDEN):
            answers.append(("page", asking.part(laid.page())))
        for verb, answer in answers:
            where = (verb, laid.loop, laid.record.state, laid.record.unit_code)
            asking.expect(answer.status_code == (200 if seen else NO_SUCH), *where, answer.status_code)
            asking.expect((laid.mark in answer.content.decode()) == seen, *where, "tells its title:", not seen)


@each
def test_steps_are_offered_and_taken_as_declared(asking, stage: Stage, one):
    for number, laid in enumerate(stage.steps):
        seen, allowed = sees(one, laid.record), may(one, laid.record, laid.step)
        if seen and asked_by(one, number, THIRD):
            _offered(asking, laid, allowed)
        if allowed or asked_by(one, number + 1, THIRD if seen else HIDDEN):
            asking.check_step(laid, True, seen)
        if asked_by(one, number, HALF if allowed else HIDDEN):
            asking.check_step(laid, False, seen)


def _offered(asking: Asking, laid: Laid, allowed: bool) -> None:
    told = {step["name"] for step in asking.get(laid.api("steps")).json()}
    flow = laid.record.flow
    asking.expect((laid.step.name in told) == allowed, "offered", laid.loop, laid.record.state, laid.step.name, allowed)
    beyond = [name for name in told if not may(asking.one, laid.record, flow.step(name))]
    asking.expect(not beyond, "offered beyond the rights", laid.loop, laid.record.state, beyond)


def test_administrators_and_strangers_to_a_loop_exist_in_the_matrix(stage):
    assert len(INSIDERS) >= 70
    assert all(any(one.post in readers(model.FLOW) for one in INSIDERS) for model in MODELS)
    assert all(any(one.post not in readers(model.FLOW) for one in INSIDERS) for model in MODELS)
