"""A system's key opens two operations and nothing else: every other address of API and console is shut to it."""

import json
import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guanjian.api.app import api
from tests import cast
from tests.loops.findings import finding
from tests.outside.conftest import row

OWN = {("/api/outside/findings", "post"), ("/api/outside/outcomes", "get")}
VERBS = ("get", "post", "put", "patch", "delete")
FILLED = {"int": "1", "slug": "sign", "str": "x", "path": "x", "uuid": "0" * 32}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<\w+>[^)]*\)")


def patterns(resolver, before=""):
    """Every address of the console and the API, with something in the place of each parameter."""
    for one in resolver.url_patterns:
        where = before + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from patterns(one, where)
        elif isinstance(one, URLPattern):
            yield "/" + PARAMETER.sub(lambda found: FILLED.get(found[1] or "str", "1"), where).replace("\\", "")


def operations():
    """Every operation that the description tells."""
    for path, works in api.get_openapi_schema()["paths"].items():
        for verb in works:
            yield re.sub(r"{\w+}", "1", path), verb


@pytest.fixture
def alert(office):
    """Somebody else's alert, with the number that the addresses name."""
    from guanjian.loops.alert.actions import open_from_finding
    from guanjian.org.actor import SYSTEM
    from guanjian.org.models import Unit

    return open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)


def status(client, where, verb, key):
    sent = {"content_type": "application/json", "data": json.dumps({"version": 1, "facts": {}})}
    more = {} if verb == "get" else sent
    return getattr(client, verb)(where, headers={"Authorization": f"Bearer {key}"}, **more).status_code


def test_every_operation_of_the_api_is_shut_but_its_own_two(alert, key):
    told = [(where, verb, status(Client(), where, verb, key)) for where, verb in operations()]
    assert len(told) > 300
    assert {(where, verb) for where, verb, _ in told} >= OWN
    assert [one for one in told if one[:2] not in OWN and one[2] not in (403, 404)] == []


def test_every_page_is_shut(alert, key):
    addresses = sorted(set(patterns(get_resolver())))
    assert {"/", "/alert/", "/alert/1/", "/office/accounts/", "/account/signin/", "/api/openapi.json"} <= set(addresses)
    asked = [(where, verb) for where in addresses for verb in ("get", "post") if (where, verb) not in OWN]
    told = [(where, verb, status(Client(), where, verb, key)) for where, verb in asked]
    wrong = [one for one in told if one[2] not in (403, 404, 405)]
    assert wrong == []
    assert {one[2] for one in told if not one[0].startswith("/api/outside/")} <= {403, 404}


def test_at_its_own_door_only_the_two_verbs(key):
    for where in ("/api/outside/findings", "/api/outside/outcomes", "/api/outside/", "/api/outside/alerts"):
        for verb in VERBS:
            if (where, verb) not in OWN:
                assert status(Client(), where, verb, key) in (403, 404, 405)


def test_a_session_beside_the_key_opens_nothing_more(alert, key):
    browser = cast.client("front")
    assert browser.get("/alert/").status_code == 200
    assert status(browser, "/alert/", "get", key) == 403
    assert status(browser, "/api/alerts", "get", key) == 403
    headers = {"Authorization": f"Bearer {key}"}
    posted = browser.post(
        "/api/outside/findings", {"findings": [row()]}, content_type="application/json", headers=headers
    )
    assert (posted.status_code, posted.json()["rows"][0]["became"]) == (200, "opened")


def test_what_it_gets_back_tells_nothing_of_the_office(key):
    headers = {"Authorization": f"Bearer {key}"}
    sent = {"findings": [row(), row(2, unit_code="5301")]}
    answer = Client().post("/api/outside/findings", sent, content_type="application/json", headers=headers).json()
    assert {name for one in answer["rows"] for name in one} == {"id", "became", "why"}
    assert "alert" not in json.dumps(answer)
