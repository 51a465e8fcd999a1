"""The ways into the API: the console's session with its protection against forgery, a person's key, another system's key."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from guanjian.org.actor import Actor
from guanjian.outside.models import System


class Session(SessionAuth):
    """The console's own cookie; a post needs the CSRF token as every form does."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return request.actor if request.user.is_authenticated else None


class Key(HttpBearer):
    """A key in the header `Authorization: Bearer gj_…`; the middleware has recognised it already."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return request.actor if getattr(request, "bearer", False) else None


class SystemKey(HttpBearer):
    """The key of another system, `gjx_…`: it opens what bears this mark, and the middleware refuses it everything else."""

    def authenticate(self, request: HttpRequest, token: str) -> System | None:
        return getattr(request, "system", None)
