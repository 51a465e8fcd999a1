"""Browsers in which one of the cast is signed in, the second factor seen."""

from django.test import Client

from guanjian.web.unlocking import COOKIE, KEPT, apart
from tests import cast


def browser(name: str, **options) -> Client:
    """A browser in which this person is signed in."""
    person, client = cast.person(name), Client(**options)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = person.pk
    if person.keypairs.exists():
        session[KEPT], client.cookies[COOKIE] = apart(person, cast.private_key(name))
    session.save()
    return client
