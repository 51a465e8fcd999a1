"""One person asks for everything, as a browser and as the API, and tells where an answer differs from the declared rights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from guanjian.kernel.flow import Step
from guanjian.kernel.needs import Need
from tests.rights.declared import Insider, may
from tests.rights.stage import MARK, WHOM, Laid, noun
from tests.signed_in import browser

REFUSED, NO_SUCH, NO_SUCH_VERB = 403, 404, 405
FRAGMENT = {"HTTP_HX_REQUEST": "true"}  # without the frame of the page, which is asked for elsewhere


class Asking:
    """The browser of one person; `wrong` gathers what differs, in words."""

    def __init__(self, one: Insider) -> None:
        self.one, self.client, self.wrong = one, browser(one.name), []
        self.client.raise_request_exception = True

    def expect(self, right: bool, *said: Any) -> None:
        """Note what is not right."""
        if not right:
            self.wrong.append(" ".join(str(word) for word in said))

    def get(self, address: str, **query: str):
        """The answer to a plain request; whom a sealed record is about stands in none."""
        return self._heard(self.client.get(address, query), address)

    def part(self, address: str):
        """The same without the frame of the page."""
        return self._heard(self.client.get(address, **FRAGMENT), address)

    def _heard(self, answer, address: str):
        self.expect(WHOM not in answer.content.decode(), address, "tells whom it is about")
        return answer

    def marks(self, address: str, **query: str) -> set[str]:
        """The records whose titles a page shows, the found part marked or not."""
        page = self.get(address, **query).content.decode()
        return set(MARK.findall(page.replace("<mark>", "").replace("</mark>", "")))

    def listed(self, loop: str, tab: str) -> set[str]:
        """The titles of one tab of the loop's list in the API, page after page."""
        found, after = [], ""
        while True:
            page = self.get(noun(loop), tab=tab, after=after).json()
            found += [row["title"] for row in page["items"]]
            if not (after := page["next"]):
                self.expect(len(found) == len(set(found)), noun(loop), tab, "tells a row twice")
                return set(found)

    def takes(self, laid: Laid, by_api: bool, allowed: bool) -> int:
        """The status of taking the step that the record was made for; afterwards it was never taken."""
        plain = {} if allowed else FRAGMENT  # taken, the answer leads on to the next page; refused, it is the page
        with undone():
            if not by_api:
                form = typed(laid.step, laid.facts, laid.record.version)
                return self.client.post(laid.page(laid.step.name), form, **plain).status_code
            body = json.dumps({"version": laid.record.version, "facts": laid.facts})
            address = laid.api("steps", laid.step.name)
            return self.client.post(address, body, content_type="application/json").status_code

    def check_step(self, laid: Laid, by_api: bool, seen: bool) -> None:
        """Taken by whom it is for, refused to whoever sees the record, not there for everybody else."""
        allowed = may(self.one, laid.record, laid.step)
        status = self.takes(laid, by_api, allowed)
        wanted = {200, 204, 302} if allowed else {REFUSED} if seen else {NO_SUCH}
        if allowed and laid.step.remote:
            wanted |= {REFUSED}  # what another officer's device signed is not brought by this one
        verb = "POST api" if by_api else "POST page"
        self.expect(status in wanted, verb, laid.loop, laid.record.state, laid.step.name, status, "not", sorted(wanted))


@contextmanager
def undone() -> Iterator[None]:
    """What happens within did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def typed(step: Step, facts: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The facts as a form sends them."""
    form = {need.name: _typed(need, facts.get(need.name, "")) for need in step.needs}
    return {**{name: value for name, value in form.items() if value != ""}, "version": version, "confirm": "yes"}


def _typed(need: Need, value: Any) -> Any:
    if need.kind == "yes":
        return "on" if value else ""
    if need.kind == "rows":
        return "\n".join(" | ".join(str(cell) for cell in row.values()) for row in value)
    if need.kind == "many" and not need.choices:
        return "\n".join(value)
    return value
