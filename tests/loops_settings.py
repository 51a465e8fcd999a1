"""The office without its console: what the loops, moving and the API stand on."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "guanjian.org",
    "guanjian.ledger",
    "guanjian.loops.alert",
    "guanjian.loops.lead",
    "guanjian.loops.clue",
    "guanjian.loops.case",
    "guanjian.loops.rectify",
]
MIDDLEWARE = []
ROOT_URLCONF = "tests.loops_urls"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
