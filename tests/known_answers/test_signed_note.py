"""Signed notes and checkpoints against the published example, and against a changed byte."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guanjian.kernel.errors import BadInput, BrokenLedger
from guanjian.ledger import checkpoint, note
from guanjian.ledger.merkle import Head
from guanjian.ledger.note import Verifier

KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_note_is_valid_and_its_key_reads_back():
    verifier = Verifier.parse(KEY)
    assert str(verifier) == KEY
    assert note.opened(NOTE, verifier) == NOTE.split("\n\n")[0] + "\n"


def test_signatures_of_others_are_passed_over():
    other = note.sign("x\n", Ed25519PrivateKey.generate(), "somebody").splitlines()[-1]
    assert note.opened(NOTE + other + "\n", Verifier.parse(KEY))


@pytest.mark.parametrize(
    ("old", "new"), [("problem is", "problem Is"), ("x08go", "x08ga"), ("— Peter", "- Peter"), ("JnAM", "JnAA")]
)
def test_a_changed_note_is_refused(old, new):
    with pytest.raises(BrokenLedger):
        note.opened(NOTE.replace(old, new), Verifier.parse(KEY))


@pytest.mark.parametrize("text", ["", "a+b", KEY.replace("c74f", "c74e"), KEY[:-4], KEY.replace("+AR", "+BR"), "é+1+!"])
def test_a_key_that_does_not_fit_together_is_refused(text):
    with pytest.raises(BadInput):
        Verifier.parse(text)


def test_a_checkpoint_reads_back_as_it_was_signed():
    key = Ed25519PrivateKey.generate()
    verifier = Verifier("guanjian", key.public_key().public_bytes_raw())
    at = datetime(2026, 11, 21, 8, tzinfo=UTC)
    text = checkpoint.signed("guanjian/2200", Head(7, b"r" * 32), "sm3", at, key)
    assert text.splitlines()[:2] == ["guanjian/2200", "7"]
    assert text.splitlines()[-1].startswith("— guanjian/2200 ")
    said = checkpoint.opened(text, verifier)
    assert (said.origin, said.head, said.hash_name) == ("guanjian/2200", (7, b"r" * 32), "sm3")
    with pytest.raises(BrokenLedger):
        checkpoint.opened(text.replace("\n7\n", "\n8\n"), verifier)


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\n***\n", "\n1\nAAAA\n"])
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadInput):
        checkpoint.read(text)
