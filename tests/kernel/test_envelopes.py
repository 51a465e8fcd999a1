"""Box, wrap, lock and shares: the published answers, and that nobody else opens them."""

import os
from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guanjian.kernel.envelopes import box, lock, shamir, wrap
from guanjian.kernel.envelopes.box import WrongKey

KEY = bytes(range(32))
CIPHERS = pytest.mark.parametrize("cipher", [box.AES, box.SM4])


def test_scrypt_gives_the_answers_of_rfc_7914():
    assert lock.stretched(b"", b"", 4, r=1, p=1, length=64).hex() == (
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
    )
    assert lock.stretched(b"password", b"NaCl", 10, r=8, p=16, length=64).hex() == (
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    )


def test_the_public_key_is_that_of_rfc_7748():
    alice = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    assert wrap.public_of(alice).hex() == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"


def test_the_cipher_of_a_box_gives_the_answer_of_the_gcm_specification():
    """Test case 16 of McGrew and Viega's GCM paper: AES-256 with additional data."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert box.opened(key, b"\x01" + nonce + sealed, bound) == plain


def test_sm4_gcm_gives_the_answer_of_rfc_8998():
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    sealed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert box.opened(key + bytes(16), b"\x02" + nonce + sealed, bound) == plain


@CIPHERS
def test_a_box_opens_with_its_key_in_its_place_unchanged_and_in_no_other_way(cipher):
    sealed = box.closed(KEY, "涉密".encode(), b"lead/1", cipher)
    assert box.opened(KEY, sealed, b"lead/1").decode() == "涉密"
    wrong = [(os.urandom(32), sealed, b"lead/1"), (KEY, sealed, b"lead/2"), (KEY, b"", b"lead/1")]
    wrong += [
        (KEY, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], b"lead/1")
        for place in range(len(sealed))
    ]
    for key, changed, bound in wrong:
        with pytest.raises(WrongKey):
            box.opened(key, changed, bound)


def test_the_same_text_twice_is_two_boxes_of_one_length_whatever_is_short():
    first, second = (box.closed(KEY, box.padded(text), b"") for text in ("甲", "一段长得多的说明" * 5))
    assert first != box.closed(KEY, box.padded("甲"), b"")
    assert len(first) == len(second)


@CIPHERS
def test_a_wrap_opens_for_its_person_alone(cipher):
    mine, yours = wrap.new_private(), wrap.new_private()
    sealed = wrap.wrapped(wrap.public_of(mine), KEY, b"lead/1", cipher)
    assert wrap.unwrapped(mine, sealed, b"lead/1") == KEY
    for private, bound in ((yours, b"lead/1"), (mine, b"lead/2")):
        with pytest.raises(WrongKey):
            wrap.unwrapped(private, sealed, bound)
    with pytest.raises(WrongKey):
        wrap.unwrapped(mine, b"short", b"lead/1")


def test_a_wrap_is_the_plain_reading_of_its_parts():
    """The same by hand: exchange, HKDF over both public keys, AES-GCM."""
    private = wrap.new_private()
    sealed = wrap.wrapped(wrap.public_of(private), KEY, b"x")
    fresh, nonce, rest = sealed[:32], sealed[33:45], sealed[45:]
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(fresh))
    key = wrap.derived(shared, b"guanjian wrap 1" + fresh + wrap.public_of(private))
    assert AESGCM(key).decrypt(nonce, rest, b"x") == KEY


def test_a_lock_opens_with_its_password_alone_and_keeps_its_own_cost():
    sealed = lock.locked(KEY, "把关 2026 password", b"oversight", cost=4)
    assert sealed[0] == 4
    assert lock.unlocked(sealed, "把关 2026 password", b"oversight") == KEY
    for password, bound in (("把关 2026 Password", b"oversight"), ("把关 2026 password", b"front")):
        with pytest.raises(WrongKey):
            lock.unlocked(sealed, password, bound)
    with pytest.raises(WrongKey):
        lock.unlocked(b"\x04", "x", b"")


def slow_times(one: int, other: int) -> int:
    """Russian peasant multiplication, bit by bit."""
    product = 0
    for bit in range(8):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(15, 7, -1):
        if product >> bit & 1:
            product ^= 0x11B << (bit - 8)
    return product


def test_the_field_is_that_of_fips_197():
    assert (shamir.times(0x57, 0x83), shamir.times(0x57, 0x13), shamir.times(0x53, 0xCA)) == (0xC1, 0xFE, 0x01)
    assert all(shamir.times(one, other) == slow_times(one, other) for one in range(256) for other in range(256))
    assert all(shamir.times(shamir.over(one, other), other) == one for one in range(256) for other in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        shamir.over(1, 0)


def test_a_straight_line_through_known_points_meets_nought_where_it_must():
    """f(x) = {42} + {53}·x: at {ca} it is {42} ^ {01}, because FIPS 197 has {53}·{ca} = {01}; at 1 it is {42} ^ {53}."""
    assert (shamir.at([0x42, 0x53], 0xCA), shamir.at([0x42, 0x53], 1)) == (0x43, 0x11)
    assert shamir.joined([(0xCA, b"\x43"), (1, b"\x11")]) == b"\x42"


@pytest.mark.parametrize(("shares", "needed"), [(2, 2), (3, 2), (5, 2), (5, 3), (255, 2)])
def test_any_so_many_shares_give_the_secret_and_one_less_does_not(shares, needed):
    parts = shamir.split(KEY, shares, needed)
    assert all(shamir.joined(some) == KEY for some in list(combinations(parts, needed))[:40])
    assert shamir.joined(parts[: needed - 1]) != KEY


def test_one_share_fits_every_secret_equally():
    """For one byte of a share every secret is possible, each by exactly one slope: it says nothing."""
    x, seen = 3, 0x7E
    slopes = {secret: [a for a in range(256) if secret ^ shamir.times(a, x) == seen] for secret in range(256)}
    assert {len(found) for found in slopes.values()} == {1}


def test_shares_that_do_not_belong_together_are_refused():
    first, second = shamir.split(KEY, 2)
    for wrong in ([first, first], [(0, KEY), second], [first, (2, b"short")]):
        with pytest.raises(ValueError):
            shamir.joined(wrong)
    with pytest.raises(ValueError):
        shamir.split(KEY, 1)
