"""What the stories share: taking steps by several hands, opening by hand, and finding what one matter has opened."""

from __future__ import annotations

NOUNS = "alerts clues cases instructions operations prompts answers inquiries urgings duties appraisals previews filings indicators courses trainings postings"
NOUNS += " meetings tasks"
CALLS = {
    noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s"): noun for noun in NOUNS.split()
}
CALLS |= {
    "rectify": "rectifications",
    "convert": "conversions",
    "oversight": "oversight",
    "intelligence": "intelligence",
    "rulebook": "rules",
}
HOUSE, BUREAU, DISTRICT = "2201", "上海海关缉私局", "上海海关"  # as pages name units 2201, 22P0 and 2200
STRANGERS = ("stranger", "stranger_function")


def take(seats, path, steps):
    """Take one step after the other, each by the person named."""
    for who, step, given in steps:
        seats(who).step(path, step, **given)


def begin(seat, loop, **given):
    """Open a matter by hand; returns its address."""
    seat.go(f"/{loop}/open/")
    form = seat.page.locator("main form", has=seat.page.locator(f'[name="{next(iter(given))}"]'))
    seat.fill(form, given)
    form.locator("button[type=submit]").click()
    seat.page.wait_for_url(lambda address: not address.endswith("/open/"))
    return seat.page.url.removeprefix(seat.console.address)


def opened(seat, loop, origin_path):
    """The address of the first matter of this loop among the related ones of another."""
    return related(seat, loop, origin_path)[0]


def related(seat, loop, origin_path):
    """The addresses of the matters of this loop that stand beside another."""
    assert seat.go(origin_path) == 200, f"{seat.name} at {origin_path}"
    links = seat.page.locator(f'.related a[href^="/{loop}/"]')
    return [link.get_attribute("href") for link in links.all()]


def first_in_queue(seat, loop):
    """The address of the first matter in this person's queue."""
    seat.go(f"/{loop}/")
    addresses = [link.get_attribute("href") for link in seat.page.locator(f'main a[href^="/{loop}/"]').all()]
    return next(address for address in addresses if address.strip("/").split("/")[-1].isdigit())


def in_unit(seat, paths, unit):
    """Of these matters the one that lies in the unit of this name."""
    seen = {}
    for path in paths:
        assert seat.go(path) == 200, f"{seat.name} at {path}"
        seen[path] = seat.page.inner_text(".record-by")
        if unit in seen[path]:
            return path
    raise AssertionError(f"nothing in {unit}: {seen}")


def state(seat, path):
    """The state of a matter as this person reads it."""
    assert seat.go(path) == 200, f"{seat.name} at {path}"
    return seat.page.inner_text(".record-meta .state")


def sees_nothing(seat, paths):
    """Every page and every call of these matters answers this person with 404."""
    for path in paths:
        assert seat.go(path) == 404, f"{seat.name} at {path}"
        loop, number = path.strip("/").split("/")
        answer = seat.page.request.get(f"{seat.console.address}/api/{CALLS[loop]}/{number}")
        assert answer.status == 404, f"{seat.name} calls {path}"
