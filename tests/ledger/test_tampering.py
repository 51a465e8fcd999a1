"""Whatever a saboteur who owns the database does to sealed entries, `verify` says where."""

import base64
import random

import pytest
from django.db import connection

from guanjian.ledger import checkpoint, custody
from guanjian.ledger import verify as verifying
from guanjian.ledger.breaches import Field
from guanjian.ledger.chain import genesis, link
from guanjian.ledger.headquarters import note_heads
from guanjian.ledger.leaves import leaf_data
from guanjian.ledger.merkle import SHA256, Frontier
from guanjian.ledger.models import Checkpoint, Entry, Stream
from guanjian.ledger.proving import content_of, newest_checkpoint
from guanjian.ledger.rows import append
from guanjian.ledger.sequencer import seal, seal_all
from guanjian.ledger.verify import verify

TEXTS = ("stream", "event", "subject", "actor", "body", "record_hash")


@pytest.fixture
def sealed(rows, story):
    """Forty sealed entries in two streams, signed every seven."""
    story(40, "2200", record_hash="ab" * 32)
    story(40, "5100", record_hash="ab" * 32)
    seal("2200", batch=7)
    seal("5100", batch=7)
    assert verify().ok


def found(report):
    """The breaches as (stream, field, index)."""
    return [(breach.stream, breach.field, breach.index) for breach in report.breaches]


def value_of(index, column):
    """The stored value of one column."""
    if column == "at" and connection.vendor == "sqlite":
        column = "CAST(at AS TEXT)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM ledger_entry WHERE stream = '2200' AND sealed_index = {index}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("column", [*TEXTS[1:], "at", "id", "leaf", "chain"])
def test_one_changed_byte_is_reported_with_its_place(sealed, saboteur, column):
    chance = random.Random(column)
    for index in (0, 17, 39):
        before = value_of(index, column)
        saboteur(
            (
                f"UPDATE ledger_entry SET {column} = %s WHERE stream = '2200' AND sealed_index = {index}",
                [flipped(before, chance)],
            )
        )
        expected = {"leaf": Field.LEAF, "chain": Field.CHAIN}.get(column, Field.CONTENT)
        assert found(verify())[0] == ("2200", expected, index)
        if expected is Field.CONTENT:
            assert len(verify().breaches) == 1
        saboteur((f"UPDATE ledger_entry SET {column} = %s WHERE stream = '2200' AND sealed_index = {index}", [before]))
        assert verify().ok


def flipped(value, chance):
    """The value with one bit of one byte changed, or the next value of its kind."""
    if isinstance(value, int):
        return value + 100_000
    if hasattr(value, "replace") and hasattr(value, "microsecond"):
        return value.replace(microsecond=value.microsecond ^ 1)
    if isinstance(value, str):
        place = chance.randrange(len(value))
        return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
    raw = bytearray(value)
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def test_a_raw_byte_that_is_no_text_is_reported_and_does_not_stop_the_reading(sqlite, story, saboteur):
    story(9)
    seal_all()
    for column in ("actor", "body", "at"):
        saboteur(
            f"UPDATE ledger_entry SET {column} = CAST(x'ff' || CAST({column} AS BLOB) AS TEXT) WHERE sealed_index = 4"
        )
    saboteur("UPDATE ledger_checkpoint SET text = CAST(x'ff' || CAST(text AS BLOB) AS TEXT)")
    assert found(verify()) == [("2200", Field.SIGNATURE, None), ("2200", Field.CONTENT, 4)]


def test_a_deleted_entry_is_reported_with_its_place(sealed, saboteur):
    saboteur("DELETE FROM ledger_entry WHERE stream = '2200' AND sealed_index IN (11, 12, 30)")
    report = verify()
    assert found(report) == [("2200", Field.MISSING, 11), ("2200", Field.MISSING, 30)]
    assert report.breaches[0].last == 12


def test_a_deleted_tail_is_reported_even_with_the_head_set_back(sealed, saboteur):
    saboteur("DELETE FROM ledger_entry WHERE stream = '2200' AND sealed_index >= 38")
    assert found(verify()) == [("2200", Field.MISSING, 38)]
    saboteur("UPDATE ledger_stream SET size = 38 WHERE name = '2200'")
    assert ("2200", Field.MISSING, 38) in found(verify())


def test_a_deleted_stream_is_reported(sealed, saboteur):
    saboteur("DELETE FROM ledger_entry WHERE stream = '2200'", "DELETE FROM ledger_stream WHERE name = '2200'")
    assert found(verify()) == [("2200", Field.HEAD, None), ("2200", Field.MISSING, 0)]


def test_swapped_entries_are_reported(sealed, saboteur):
    saboteur(
        "UPDATE ledger_entry SET sealed_index = 1000 WHERE stream = '2200' AND sealed_index = 5",
        "UPDATE ledger_entry SET sealed_index = 5 WHERE stream = '2200' AND sealed_index = 20",
        "UPDATE ledger_entry SET sealed_index = 20 WHERE stream = '2200' AND sealed_index = 1000",
    )
    places = found(verify())
    assert ("2200", Field.CHAIN, 5) in places
    assert ("2200", Field.CHAIN, 20) in places


def test_swapped_bodies_are_reported_at_both_places(sealed, saboteur):
    first, second = value_of(5, "body"), value_of(20, "body")
    for index, body in ((5, second), (20, first)):
        saboteur(("UPDATE ledger_entry SET body = %s WHERE stream = '2200' AND sealed_index = %s", [body, index]))
    assert found(verify()) == [("2200", Field.CONTENT, 5), ("2200", Field.CONTENT, 20)]


def forged(stream, index):
    """An entry that somebody slips in, well formed, with the leaf and link it should have."""
    entry = append(stream, "alert.close", "alert:forged", "nobody", {})
    entry.refresh_from_db()
    leaf = SHA256.leaf(leaf_data(content_of(entry)))
    before = Entry.objects.get(stream=stream, sealed_index=index - 1)
    return (
        "UPDATE ledger_entry SET sealed_index = %s, leaf = %s, chain = %s WHERE id = %s",
        [index, leaf, link(SHA256, bytes(before.chain), leaf), entry.id],
    )


def test_an_entry_put_after_the_last_is_reported(sealed, saboteur):
    saboteur(forged("2200", 40))
    assert found(verify()) == [("2200", Field.EXTRA, 40)]


def test_an_entry_put_in_between_is_reported(sealed, saboteur):
    statement = forged("2200", 10)
    saboteur(
        "UPDATE ledger_entry SET sealed_index = -sealed_index WHERE stream = '2200' AND sealed_index >= 10",
        "UPDATE ledger_entry SET sealed_index = 1 - sealed_index WHERE stream = '2200' AND sealed_index < 0",
        statement,
    )
    places = found(verify())
    assert ("2200", Field.CHAIN, 11) in places
    assert ("2200", Field.EXTRA, 40) in places


def rewrite(stream, saboteur):
    """Change entry 9 and recompute every leaf, link, peak and node after it: all that needs no key."""
    saboteur(("UPDATE ledger_entry SET actor = 'nobody' WHERE stream = %s AND sealed_index = 9", [stream]))
    previous, tree, strikes = genesis(SHA256), Frontier(SHA256), []
    for entry in Entry.objects.filter(stream=stream).order_by("sealed_index"):
        leaf = SHA256.leaf(leaf_data(content_of(entry)))
        previous = link(SHA256, previous, leaf)
        tree.append(leaf)
        strikes.append(("UPDATE ledger_entry SET leaf = %s, chain = %s WHERE id = %s", [leaf, previous, entry.id]))
    saboteur(
        *strikes,
        ("UPDATE ledger_stream SET chain = %s, peaks = %s WHERE name = %s", [previous, b"".join(tree.peaks), stream]),
    )
    return tree


def test_a_history_rewritten_with_all_its_hashes_breaks_the_signed_roots(sealed, saboteur):
    rewrite("2200", saboteur)
    [breach] = verify().breaches
    assert (breach.stream, breach.field, breach.index, breach.last) == ("2200", Field.ROOT, 7, 13)


def test_even_the_holder_of_the_key_is_caught_by_a_checkpoint_kept_elsewhere(sealed, saboteur):
    kept = newest_checkpoint("2200").text
    tree = rewrite("2200", saboteur)
    text = checkpoint.signed(
        custody.origin("2200"), tree.head, "sha256", newest_checkpoint("2200").at, custody.signing_key()
    )
    saboteur(
        "DELETE FROM ledger_checkpoint WHERE stream = '2200' AND size < 40",
        ("UPDATE ledger_checkpoint SET root = %s, text = %s WHERE stream = '2200'", [tree.root(), text]),
    )
    assert verify().ok
    assert found(verify(against=[kept])) == [("2200", Field.ROOT, 0)]


def test_headquarters_note_catches_a_district_set_back_as_a_whole(sealed, saboteur):
    note_heads()
    seal_all()
    assert verify().ok
    first = Checkpoint.objects.filter(stream="2200").order_by("size").first()
    tree, kept = Frontier(SHA256), Entry.objects.filter(stream="2200").order_by("sealed_index")
    for entry in kept[: first.size]:
        tree.append(bytes(entry.leaf))
    saboteur(
        "DELETE FROM ledger_entry WHERE stream = '2200' AND sealed_index >= 7",
        "DELETE FROM ledger_checkpoint WHERE stream = '2200' AND size > 7",
        (
            "UPDATE ledger_stream SET size = 7, peaks = %s, chain = %s WHERE name = '2200'",
            [b"".join(tree.peaks), bytes(kept[6].chain)],
        ),
    )
    assert found(verify()) == [("2200", Field.MISSING, 7)]


def test_a_changed_checkpoint_a_bad_signature_and_a_wrong_head_are_reported(sealed, saboteur):
    text = Checkpoint.objects.get(stream="2200", size=14).text
    root = base64.b64encode(bytes(Checkpoint.objects.get(stream="2200", size=14).root)).decode()
    saboteur(
        "UPDATE ledger_checkpoint SET size = 8 WHERE stream = '2200' AND size = 7",
        (
            "UPDATE ledger_checkpoint SET text = %s WHERE stream = '2200' AND size = 14",
            [text.replace(root, root[::-1])],
        ),
        ("UPDATE ledger_stream SET chain = %s WHERE name = '5100'", [b"x" * 32]),
    )
    assert found(verify()) == [
        ("2200", Field.CHECKPOINT, None),
        ("2200", Field.SIGNATURE, None),
        ("5100", Field.HEAD, None),
    ]


def test_a_changed_node_is_reported(rows, story, saboteur):
    story(600)
    seal_all()
    saboteur(
        (
            "UPDATE ledger_node SET hash = %s WHERE index = 1"
            if connection.vendor != "sqlite"
            else 'UPDATE ledger_node SET hash = %s WHERE "index" = 1',
            [b"x" * 32],
        )
    )
    [breach] = verify().breaches
    assert (breach.field, breach.index, breach.last) == (Field.NODE, 256, 511)


def test_a_missing_guard_is_reported(rows):
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON ledger_entry"
        cursor.execute(f"DROP TRIGGER ledger_entry_once{on}")
    [breach] = verify().breaches
    assert (breach.field, breach.detail) == (Field.GUARD, "ledger_entry_once")


def test_a_sealed_entry_set_back_to_waiting_is_missed_in_its_place(sealed, saboteur):
    saboteur(
        "UPDATE ledger_entry SET sealed_index = NULL, leaf = NULL, chain = NULL WHERE stream = '2200' AND sealed_index = 3"
    )
    seal_all()
    assert found(verify())[0] == ("2200", Field.MISSING, 3)
    assert Stream.objects.get(name="2200").size == 41


@pytest.fixture
def records(rows, monkeypatch):
    """The records of the loop `alert` as they are now."""
    now = {}
    monkeypatch.setattr(verifying, "_records", {})
    verifying.register("alert", lambda: ((subject, hash, 3) for subject, hash in now.items()))
    return now


def test_a_record_changed_without_a_step_is_reported(rows, story, records):
    story(4, record_hash="aa")
    append("2200", "alert.verify", "alert:1", "u", {}, record_hash="bb")
    append("2200", "alert.read", "alert:1", "u", {})
    seal_all()
    records.update({"alert:0": "aa", "alert:1": "bb", "alert:2": "aa", "alert:3": "aa"})
    report = verify()
    assert report.ok
    assert report.records == 4
    records["alert:1"] = "changed"
    [breach] = verify().breaches
    assert (breach.subject, breach.field, breach.index) == ("alert:1", Field.CHANGED, 4)
    assert "未经任何步骤" in breach.text().zh


def test_a_record_without_entry_and_an_entry_without_record_are_reported(rows, story, records):
    story(2, record_hash="aa")
    append("2200", "case.start", "case:1", "u", {}, record_hash="cc")
    seal_all()
    records.update({"alert:0": "aa", "alert:9": "aa"})
    assert [(breach.subject, breach.field) for breach in verify().breaches] == [
        ("alert:9", Field.NO_ENTRY),
        ("alert:1", Field.NO_RECORD),
    ]
