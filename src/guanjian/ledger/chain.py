"""A chain beside the tree: link = H(previous link ‖ leaf), so that plain SQL can follow it without knowing of trees.

`LEAF_SQL` and `LINK_SQL` are that check for PostgreSQL (SHA-256 streams): each lists the sealed entries that do not
fit, with no code of ours in between. For SM3 put pgcrypto's `digest(…, 'sm3')` in place of `sha256(…)`.
"""

from __future__ import annotations

from guanjian.ledger.merkle import Hasher

LEAF_SQL = """
SELECT stream, sealed_index FROM ledger_entry
WHERE sealed_index IS NOT NULL AND leaf <> sha256('\\x00'::bytea || convert_to(
    '{"actor":' || to_json(actor::text)
    || ',"at":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || '","body":' || to_json(body)
    || ',"event":' || to_json(event::text)
    || ',"id":' || id
    || ',"record_hash":' || to_json(record_hash::text)
    || ',"stream":' || to_json(stream::text)
    || ',"subject":' || to_json(subject::text) || '}', 'UTF8'))
ORDER BY stream, sealed_index
"""

LINK_SQL = """
SELECT stream, sealed_index FROM (
    SELECT stream, sealed_index, leaf, chain,
           lag(chain) OVER line AS previous, row_number() OVER line - 1 AS place
    FROM ledger_entry WHERE sealed_index IS NOT NULL
    WINDOW line AS (PARTITION BY stream ORDER BY sealed_index)
) AS linked
WHERE place <> sealed_index OR chain <> sha256(coalesce(previous, decode(repeat('00', 32), 'hex')) || leaf)
ORDER BY stream, sealed_index
"""


def genesis(hash: Hasher) -> bytes:
    """What the first link is tied to: zeros."""
    return bytes(hash.size)


def link(hash: Hasher, previous: bytes, leaf: bytes) -> bytes:
    """The link of the next entry."""
    return hash.new(previous + leaf).digest()
