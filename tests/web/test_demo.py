"""The choice of roles exists only with the demo flag and only on this machine."""

from datetime import date

import pytest
from django.test import Client

from guanjian.crossing.cast import engage_for
from tests import cast

FRONT = "demo.2201.frontline"


@pytest.fixture
def demo(office, settings):
    """A demonstration with its people."""
    settings.GUANJIAN_DEMO = True
    engage_for("2201", date(2020, 1, 1))


def here() -> Client:
    return Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1")


def test_a_role_is_chosen_without_password_or_factor(demo):
    browser = here()
    assert "现场关员" in browser.get("/demo/").content.decode()
    assert browser.post("/demo/", {"person": FRONT})["Location"] == "/"
    page = browser.get("/").content.decode()
    assert "模拟数据 Simulated data" in page
    assert "某" not in page


def test_without_the_flag_there_is_no_such_page(office):
    assert here().get("/demo/").status_code == 404
    assert here().post("/demo/", {"person": FRONT}).status_code == 404


@pytest.mark.parametrize(
    "told",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"SERVER_NAME": "testserver"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
        {"HTTP_X_REAL_IP": "10.0.0.7"},
        {"HTTP_FORWARDED": "for=10.0.0.7"},
    ],
)
def test_from_elsewhere_there_is_no_such_page(demo, told):
    elsewhere = Client(**{"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", **told})
    assert elsewhere.get("/demo/").status_code == 404
    assert elsewhere.post("/demo/", {"person": FRONT}).status_code == 404
    assert "_auth_user_id" not in elsewhere.session


def test_only_people_of_the_demonstration_can_be_chosen(demo):
    cast.person("admin")
    assert here().post("/demo/", {"person": "admin"}).status_code == 404


def test_a_seat_ends_with_the_demonstration(demo, settings):
    browser = here()
    browser.post("/demo/", {"person": FRONT})
    assert browser.get("/").status_code == 200
    settings.GUANJIAN_DEMO = False
    assert browser.get("/")["Location"] == "/account/factors/app/"
