"""The door of an administrator's page, and the one way of taking what a form gives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from guanjian.kernel.errors import NotFound
from guanjian.kernel.needs import Need
from guanjian.moving.verbs import note
from guanjian.org.posts import Post
from guanjian.pages.forms import typed
from guanjian.web.errors import NO_PAGE


def only(*posts: Post) -> Callable:
    """This page is for these administrators; for everybody else there is no such page."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.holds(*posts):
                raise NotFound(NO_PAGE)
            return view(request, *args, **kwargs)

        return opened

    return door


def read(needs: tuple[Need, ...], given: QueryDict) -> dict[str, Any]:
    """The facts of a form, each read into its kind."""
    raw = typed(given, needs)
    return {need.name: need.read(raw[need.name]) for need in needs}


def noted(request: HttpRequest, what: str, subject: str, facts: dict[str, Any]) -> None:
    """Every change by an administrator stands in the ledger of headquarters."""
    note(f"office.{what}", subject, request.actor, facts)
