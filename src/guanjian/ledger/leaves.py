"""The data of one leaf: the columns of an entry as one canonical JSON text, the body inside it as the text it is."""

from __future__ import annotations

from json.encoder import encode_basestring as quoted
from typing import NamedTuple


class Content(NamedTuple):
    """The columns that a leaf covers; `at` is the text of `canonical.instant`."""

    id: int
    stream: str
    at: str
    event: str
    subject: str
    actor: str
    body: str
    record_hash: str


def leaf_data(c: Content) -> bytes:
    """The same bytes as `canonical` of these columns, written out because it is done for every entry.

    What is not UTF-8 in the database comes here as escaped bytes and goes back as they were, so that it is compared
    and found wrong, not stumbled over.
    """
    return (
        f'{{"actor":{quoted(c.actor)},"at":{quoted(c.at)},"body":{quoted(c.body)},"event":{quoted(c.event)},'
        f'"id":{c.id},"record_hash":{quoted(c.record_hash)},"stream":{quoted(c.stream)},"subject":{quoted(c.subject)}}}'
    ).encode("utf-8", "surrogateescape")
