"""Entries are sealed in order, once, and their proofs hold; what waits is visible as waiting."""

import json
import stat

import pytest
from django.db import DatabaseError, connection, transaction

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.ledger import custody, guards, offline
from guanjian.ledger.canonical import canonical
from guanjian.ledger.chain import LEAF_SQL, LINK_SQL
from guanjian.ledger.headquarters import note_heads
from guanjian.ledger.leaves import leaf_data
from guanjian.ledger.models import Checkpoint, Entry, Node, Stream
from guanjian.ledger.proving import content_of, growth, newest_checkpoint, proof
from guanjian.ledger.rows import append, entries_of, unsealed
from guanjian.ledger.sequencer import seal, seal_all
from guanjian.ledger.verify import verify


def test_an_appended_entry_waits_and_is_then_sealed_in_its_place(rows, story):
    story(3)
    assert [entry.is_sealed for entry in unsealed()] == [False] * 3
    assert seal_all() == 3
    assert list(Entry.objects.order_by("id").values_list("sealed_index", flat=True)) == [0, 1, 2]
    assert not unsealed().exists()
    assert seal_all() == 0
    assert verify().ok


def test_each_stream_has_its_own_tree(rows, story):
    story(3, "2200")
    story(2, "0000")
    assert seal_all() == 5
    assert dict(Stream.objects.values_list("name", "size")) == {"0000": 2, "2200": 3}
    assert verify().streams == 2


def test_an_entry_of_a_transaction_that_failed_was_never_there(rows):
    with transaction.atomic():
        append("2200", "alert.sign", "alert:1", "u", {})
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_what_was_written_cannot_be_changed_or_deleted(rows, story):
    story(2)
    seal_all()
    story(1)
    sealed, waiting = Entry.objects.filter(sealed_index=0), Entry.objects.filter(sealed_index=None)
    for strike in (
        lambda: sealed.update(body="{}"),
        lambda: sealed.update(sealed_index=None, leaf=None, chain=None),
        lambda: sealed.update(chain=b"x"),
        lambda: waiting.update(body="{}"),
        lambda: waiting.update(at="2020-01-01T00:00:00Z"),
        lambda: sealed.delete(),
        lambda: waiting.delete(),
        lambda: Checkpoint.objects.update(size=9),
        lambda: Checkpoint.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="only appended"):
            strike()
    assert guards.missing(connection) == []
    assert verify().ok


def test_a_small_batch_gives_the_same_ledger_as_a_large_one(rows, story):
    story(20)
    assert seal("2200", batch=7) == 20
    assert Checkpoint.objects.count() == 3
    assert verify().ok


def test_every_entry_is_proven_far_from_the_database(rows, story):
    story(600)
    seal("2200", batch=250)
    assert Node.objects.filter(tier=1).count() == 2
    key = str(custody.verifier("2200"))
    for entry in Entry.objects.order_by("id")[::37]:
        [said] = offline.check([json.dumps(proof(entry))], key)
        assert f"entry {entry.sealed_index} " in said.en


def test_a_proof_reads_few_rows(rows, story, django_assert_max_num_queries):
    story(600)
    seal_all()
    entry = Entry.objects.get(sealed_index=5)
    with django_assert_max_num_queries(6):
        proof(entry)


def test_an_entry_that_still_waits_has_no_proof_yet(rows, story):
    story(1)
    with pytest.raises(NotFound, match="还未封存"):
        proof(Entry.objects.get())


def test_a_stream_is_shown_to_have_only_grown(rows, story):
    story(5)
    seal_all()
    older = newest_checkpoint("2200").text
    story(300)
    seal_all()
    [said] = offline.check([json.dumps(growth(older))], str(custody.verifier("2200")))
    assert "from 5 to 305" in said.en


def test_a_subject_tells_its_story_in_order(rows, story):
    story(3, subject="alert:7")
    assert [json.loads(entry.body)["n"] for entry in entries_of("alert:7")] == [0, 1, 2]


def test_the_leaf_is_the_canonical_text_of_the_columns(rows):
    entry = append("2200", 'a"b', "s\\x\n", "甲\x7f\x1f", {"z": None, "a": [1, "é😀"]}, record_hash="ab")
    entry.refresh_from_db()
    assert leaf_data(content_of(entry)).decode() == canonical(content_of(entry)._asdict())
    seal_all()
    assert verify().ok


def test_headquarters_notes_the_heads_once(rows, story):
    story(3)
    seal_all()
    assert note_heads() is not None
    assert note_heads() is None
    seal_all()
    assert verify().ok


def test_the_key_is_made_once_and_only_its_owner_reads_it(rows, story):
    story(1)
    seal_all()
    path = rows.home / "keys" / "ledger-ed25519.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    story(1)
    seal_all()
    assert path.read_bytes() == before


def test_a_stream_may_be_hashed_with_sm3(rows, story, settings):
    settings.GUANJIAN_LEDGER_HASH = "sm3"
    story(300)
    seal_all()
    settings.GUANJIAN_LEDGER_HASH = "sha256"
    story(3)
    seal_all()
    assert verify().ok
    offline.check([json.dumps(proof(Entry.objects.first()))])


def test_what_cannot_be_written_exactly_is_refused(rows):
    for bad in ({"a": 1.5}, {"a": float("nan")}, {1: 2}, {"a": 2**60}, {"a": object()}, {"a": "\ud800"}):
        with pytest.raises(BadInput):
            append("2200", "e", "s", "u", bad)
    with pytest.raises(BadInput):
        append("2200", "e", "s\x00", "u", {})


@pytest.mark.postgres
def test_plain_sql_follows_leaves_and_links(postgres, story, saboteur):
    story(30)
    append("2200", 'a"b', "s\\x\n\t", "甲\x7f\x1f", {"z": None, "a": [1, "é😀"]})
    seal_all()

    def found(query):
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    assert (found(LEAF_SQL), found(LINK_SQL)) == ([], [])
    saboteur("UPDATE ledger_entry SET actor = 'somebody' WHERE sealed_index = 4")
    saboteur("UPDATE ledger_entry SET chain = '\\x00' WHERE sealed_index = 9")
    assert found(LEAF_SQL) == [("2200", 4)]
    assert found(LINK_SQL) == [("2200", 9), ("2200", 10)]


@pytest.mark.postgres
def test_an_entry_committed_late_is_sealed_late_and_nothing_is_lost(postgres, story):
    """A lower place in line may be committed after a higher one was sealed."""
    import psycopg

    late = psycopg.connect(host=postgres.database["HOST"], user="postgres", dbname="rows")
    late.execute(
        "INSERT INTO ledger_entry (stream, at, event, subject, actor, body, record_hash)"
        " VALUES ('2200', now(), 'alert.sign', 'late', 'u', '{}', '')"
    )
    story(3)
    assert seal_all() == 3
    late.commit()
    late.close()
    assert seal_all() == 1
    entry = Entry.objects.get(subject="late")
    assert entry.id == Entry.objects.order_by("id").first().id
    assert entry.sealed_index == 3
    assert verify().ok
