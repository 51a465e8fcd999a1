"""Who acts when a request brings a key instead of a session: that person, or that system, on the API only."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse

from guanjian.crossing.tokens import bearer_of
from guanjian.kernel.words import Text
from guanjian.outside.registry import PREFIX, system_of

SCHEME = "bearer "
OWN = "/api/outside/"
NOT_HERE = Text(
    "系统密钥只能报送线索、接收自报线索的处置结果。",
    "A system's key posts findings and receives their outcomes, no more.",
)
ENDED = Text("密钥无效或已停用。", "The key is wrong or has ended.")


class Bearer:
    """Stands before the middleware that asks for a session and a second factor: the key stands for both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """With a running key the view is answered here; without one the request goes the way of a browser."""
        given = request.headers.get("Authorization", "")
        if not given.lower().startswith(SCHEME):
            return None
        key = given[len(SCHEME) :].strip()
        if key.startswith(PREFIX):
            return self._system(request, key) or view(request, *args, **kwargs)
        person = bearer_of(key) if request.path.startswith("/api/") else None
        if person is None:
            return None
        request.user, request.actor, request.bearer = person, person.actor(), True
        return view(request, *args, **kwargs)

    @staticmethod
    def _system(request: HttpRequest, key: str) -> HttpResponse | None:
        """A system at its own door; every other door is shut to its key, whoever else the request claims to be."""
        system = system_of(key) if request.path.startswith(OWN) else None
        if system is None:
            text = ENDED if request.path.startswith(OWN) else NOT_HERE
            return JsonResponse({"error": text.zh, "error_en": text.en}, status=403)
        request.user, request.actor, request.system = AnonymousUser(), system.actor(), system
        return None
