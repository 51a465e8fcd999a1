"""Who acts when a request brings a key instead of a session: that person, on the API only."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guanjian.crossing.tokens import bearer_of

SCHEME = "bearer "


class Bearer:
    """Stands before the middleware that asks for a session and a second factor: the key stands for both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """With a running key the view is answered here; without one the request goes the way of a browser."""
        given = request.headers.get("Authorization", "")
        if not given.lower().startswith(SCHEME) or not request.path.startswith("/api/"):
            return None
        person = bearer_of(given[len(SCHEME) :].strip())
        if person is None:
            return None
        request.user, request.actor, request.bearer = person, person.actor(), True
        return view(request, *args, **kwargs)
