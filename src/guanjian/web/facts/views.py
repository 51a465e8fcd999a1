"""The pages on facts: what the lenses show this person, laid beside the matters about it that this person may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from guanjian.customs.codes import text_of
from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.lenses.comparison import About
from guanjian.lenses.declaration import declaration as look_at_declaration
from guanjian.lenses.enterprise import enterprise as look_at_enterprise
from guanjian.lenses.subject import subject as look_at_subject
from guanjian.loops.case.library import lessons_about
from guanjian.loops.case.views import told
from guanjian.moving.touching import touching
from guanjian.pages.cells import read_names, written
from guanjian.pages.desk import DESKS
from guanjian.web.facts import words

MATTERS = 20  # of each loop, on one page
YES, NO = Text("是", "yes"), Text("否", "no")
LINKED = {
    "entry_id": "facts:declaration",
    "consignee_id": "facts:enterprise",
    "agent_id": "facts:enterprise",
}


@require_GET
def declaration(request: HttpRequest, entry_id: str) -> HttpResponse:
    """One declaration with its items, selection, examinations and trace; 404 outside one's territory."""
    seen = look_at_declaration(request.actor, settings.GUANJIAN_LAKE, entry_id)
    tables = [
        (Text("商品项", "Items"), words.ITEMS, seen["items"]),
        (Text("查验", "Examinations"), words.EXAMINATIONS, seen["examinations"]),
        (Text("选查", "Selection"), words.SELECTIONS, seen["selections"]),
        (Text("办理轨迹", "What was done"), words.EVENTS, seen["events"]),
    ]
    head, items = seen["head"], seen["items"]
    traders, goods = {head["consignee_id"], head["agent_id"]} - {None}, {item["hs_code"] for item in items}
    taught = [(case, told(case)) for case in lessons_about(request.actor, traders, goods)]
    return _page(request, ("entry", entry_id), [(Text("表头", "Header"), words.HEAD, head)], tables, taught)


@require_GET
def enterprise(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """One enterprise: master data, totals and newest declarations within one's territory."""
    seen = look_at_enterprise(request.actor, settings.GUANJIAN_LAKE, enterprise_id)
    master = seen["master"][0] if seen["master"] else {}
    heads = [
        (Text("登记信息", "Registration"), words.MASTER, master),
        (Text("申报（辖区内）", "Declared (in your territory)"), words.TOTALS, seen["totals"]),
        (Text("查验（辖区内）", "Examined (in your territory)"), words.FINDS, seen["examinations"]),
    ]
    newest = [(Text("最近的报关单", "Newest declarations"), words.NEWEST, seen["newest"])]
    taught = [(case, told(case)) for case in lessons_about(request.actor, {enterprise_id}, ())]
    return _page(request, ("enterprise", enterprise_id), heads, newest, taught)


@require_GET
def watch(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One commodity, enterprise or industry watched together: facts within one's territory, and every matter about it."""
    if kind not in words.WATCHED:
        raise NotFound("没有这一类监控对象。", "Nothing of this kind is watched.")
    seen = look_at_subject(request.actor, settings.GUANJIAN_LAKE, About(kind, code))
    tables = [
        (Text("各月申报与查获", "By month"), words.MONTHS, seen["months"]),
        (Text("单价分布（元）", "Unit prices (CNY)"), words.PRICES, seen["prices"]),
        (Text("主要企业", "Main enterprises"), words.TRADERS, seen["traders"]),
        (Text("最近的报关单", "Newest declarations"), words.NEWEST, seen["newest"]),
    ]
    named = {"enterprise": ({code}, ()), "hs_code": ((), {code})}.get(kind, ((), ()))
    taught = [(case, told(case)) for case in lessons_about(request.actor, *named)]
    return _page(request, (kind, code), [], tables, taught)


def _page(
    request: HttpRequest, subject: tuple[str, str], heads: Iterable, tables: Iterable, taught: Iterable
) -> HttpResponse:
    blocks = [(title, _line(names, row)) for title, names, row in heads]
    lists = [
        (title, [words.WORDS[n] for n in names], [_line(names, row) for row in rows]) for title, names, rows in tables
    ]
    read_names((kind, value) for _, _, rows in lists for row in rows for _, kind, value in row)
    context = {
        "subject": subject,
        "blocks": [(title, _written(line)) for title, line in blocks],
        "tables": [(title, heads_, [_written(row) for row in rows]) for title, heads_, rows in lists],
        "matters": _matters(request, *subject),
        "kind": words.KINDS_OF_PAGE[subject[0]],
        "taught": taught,
    }
    return render(request, "web/facts.html", context)


def _line(names: Sequence[str], row: dict[str, Any]) -> list[tuple[Text, str, Any]]:
    return [(words.WORDS[name], *_cell(name, row.get(name))) for name in names]


def _cell(name: str, value: Any) -> tuple[str, Any]:
    """How to show one value of a column: (kind, value)."""
    if value is None:
        return "text", ""
    if name in LINKED:
        return "link", (value, reverse(LINKED[name], args=[value]))
    if name in words.CODES:
        return "text", text_of(words.CODES[name], value)
    if isinstance(value, bool):
        return "text", YES if value else NO
    if isinstance(value, Decimal) and words.KINDS.get(name) != "money":
        return "text", f"{value.normalize():f}"
    if isinstance(value, float) and words.KINDS.get(name) != "money":
        return "text", f"{value:.3g}"
    return words.KINDS.get(name, "text"), value


def _written(line: list[tuple[Text, str, Any]]) -> list[tuple[Text, str, Any]]:
    return [(title, kind, written(kind, value)) for title, kind, value in line]


def _matters(request: HttpRequest, kind: str, name: str) -> list[tuple[Any, str]]:
    """The records of every loop about this subject, as far as this person may see them."""
    found = []
    for desk in DESKS.values():
        seen = touching(desk.model.objects.visible_to(request.actor), kind, name).order_by("-pk")[:MATTERS]
        found += [(record, reverse(f"{desk.name}:record", args=[record.pk])) for record in seen]
    return found
