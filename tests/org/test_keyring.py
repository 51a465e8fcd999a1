"""A person's key pair opens with the password alone, survives its change, and ends when somebody else resets it."""

import pytest

from guanjian.kernel.envelopes.wrap import unwrapped, wrapped
from guanjian.org import keyring
from guanjian.org.keyring import Became
from guanjian.org.models import KeyPair
from guanjian.org.unlocked import key_of, unlocked
from tests import cast

PASSWORD = "correct horse battery"


@pytest.fixture
def person(db):
    cast.settle()
    return cast.person("oversight")


def test_the_first_sign_in_makes_a_pair_and_the_next_opens_it(person):
    first, second = keyring.sign_in(person, PASSWORD), keyring.sign_in(person, PASSWORD)
    assert (first.became, second.became) == (Became.MADE, Became.OPENED)
    assert first.private == second.private
    sealed = wrapped(keyring.raw(KeyPair.objects.get().public), b"secret", b"x")
    assert unwrapped(second.private, sealed, b"x") == b"secret"


def test_a_wrong_password_opens_nothing_and_changes_nothing(person):
    keyring.sign_in(person, PASSWORD)
    assert keyring.open_with(person, "another password") is None
    assert KeyPair.objects.get().ended_at is None


def test_a_change_of_password_keeps_the_key_and_shuts_out_the_old_password(person):
    private = keyring.sign_in(person, PASSWORD).private
    assert keyring.relock(person, private, "a new password 2026")
    assert keyring.open_with(person, "a new password 2026") == private
    assert keyring.open_with(person, PASSWORD) is None


def test_a_password_reset_by_somebody_else_ends_the_key(person):
    private = keyring.sign_in(person, PASSWORD).private
    after = keyring.sign_in(person, "set by the administrator")
    assert after.became == Became.REPLACED
    assert after.private != private
    assert not keyring.relock(person, private, "whatever it is")
    assert KeyPair.objects.filter(ended_at=None).count() == 1
    assert KeyPair.objects.count() == 2


def test_the_lock_of_one_person_does_not_open_as_that_of_another(person):
    keyring.sign_in(person, PASSWORD)
    other = cast.person("stranger_oversight")
    KeyPair.objects.update(person=other)
    assert keyring.open_with(other, PASSWORD) is None


def test_the_demonstration_s_keys_exist_only_there(person, settings):
    settings.GUANJIAN_DEMO = False
    with pytest.raises(PermissionError):
        keyring.demonstrate(person)
    settings.GUANJIAN_DEMO = True
    assert keyring.demonstrate(person) == keyring.demonstrate(person)


def test_a_key_is_open_inside_its_block_only(person):
    assert key_of("oversight") is None
    with unlocked({"oversight": b"k"}):
        with unlocked({}):
            assert key_of("oversight") is None
        assert key_of("oversight") == b"k"
    assert key_of("oversight") is None


def test_only_present_pairs_of_people_in_office_are_written_to(person):
    keyring.sign_in(person, PASSWORD)
    assert set(keyring.pairs_of(["oversight", "front"])) == {"oversight"}
    person.is_active = False
    person.save()
    assert keyring.pairs_of(["oversight"]) == {}
