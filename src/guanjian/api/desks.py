"""One router for every loop: list, one, the steps open to the caller, take a step, open by hand where the flow says so."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from guanjian.api.shapes import Given, Many, Offered, Taken, Wanted, Whole
from guanjian.kernel.errors import NotFound
from guanjian.moving.certified import why_uncertified
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, note
from guanjian.org.posts import Label
from guanjian.pages.desk import Desk
from guanjian.pages.opening import open_by_hand
from guanjian.pages.queue import page
from guanjian.pages.views import NO_SUCH


def router_for(desk: Desk) -> Router:
    """The addresses of one loop; what the caller may not see is not found, as if it were not there."""
    router, name, title = Router(tags=[desk.name]), desk.name, desk.model.FLOW.title

    @router.get("", response=Many, operation_id=f"{name}_list", summary=f"{title.zh}列表 · {title.en}: list")
    def list_all(request: HttpRequest, wanted: Query[Wanted]):
        records, after = page(desk, request.actor, wanted.asked())
        return {"items": records, "next": after}

    @router.get(
        "/{int:pk}", response=Whole, operation_id=f"{name}_one", summary=f"{title.zh}一件 · {title.en}: one record"
    )
    def one(request: HttpRequest, pk: int):
        record = _seen(desk, request, pk)
        if record.label == Label.INTEGRITY:
            note(f"{name}.read", record.key, request.actor, {}, record.district_code)
        return record

    @router.get(
        "/{int:pk}/steps", response=list[Offered], operation_id=f"{name}_steps", summary="可办步骤 · Steps open to you"
    )
    def steps(request: HttpRequest, pk: int):
        record = _seen(desk, request, pk)
        offered = record.flow.next_steps(request.actor, record)
        return [Offered.of(step, record) for step in offered if not why_uncertified(record, step, request.actor)]

    @router.post(
        "/{int:pk}/steps/{slug:step}",
        response={200: Whole, 204: None},
        operation_id=f"{name}_take",
        summary="办理一步；转出后不再可见的答204 · Take a step; 204 when the record has left your reach",
    )
    def take(request: HttpRequest, pk: int, step: str, taken: Taken):
        moved = advance(_seen(desk, request, pk), step, request.actor, taken.facts, taken.version)
        still = desk.model.objects.visible_to(request.actor).filter(pk=moved.pk).first()
        return Status(200, still) if still else Status(204, None)

    if desk.model.FLOW.opens:

        @router.post(
            "",
            response={201: Whole, 204: None},
            operation_id=f"{name}_open",
            summary=f"{title.zh}登记 · {title.en}: open one by hand",
        )
        def open_one(request: HttpRequest, given: Given):
            needs = desk.model.FLOW.opening
            facts = {need.name: need.read(given.facts.get(need.name)) for need in needs}
            opened = open_by_hand(desk, request.actor, facts)
            seen = desk.model.objects.visible_to(request.actor).filter(pk=opened.pk).first()
            return Status(201, seen) if seen else Status(204, None)  # what only others may read

    return router


def _seen(desk: Desk, request: HttpRequest, pk: int) -> Record:
    record = desk.model.objects.visible_to(request.actor).filter(pk=pk).first()
    if record is None:
        raise NotFound(*NO_SUCH)
    record.must_be_open()
    return record
