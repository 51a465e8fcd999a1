"""For whom is a sealed record closed? For its list, in shares for the custodians, and never for whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjian.kernel.envelopes.box import WrongKey
from guanjian.kernel.envelopes.shamir import split
from guanjian.kernel.envelopes.wrap import unwrapped, wrapped
from guanjian.kernel.errors import Unreadable
from guanjian.kernel.words import Text
from guanjian.moving.models import Kept, Wrap
from guanjian.moving.record import Record
from guanjian.moving.standing import why_aside_from
from guanjian.org.keyring import pairs_of, raw, text
from guanjian.org.models import Appointment, KeyPair
from guanjian.org.posts import Post

HEADQUARTERS = "0000"
DROP = b"guanjian drop"  # where what is written without being read belongs
NEEDED = 2  # custodians who must act together
NOBODY = Text(
    "该隔离区目前没有可知悉的人：监督岗位人员须先登录一次建立密钥，或有两名密钥保管人。",
    "Nobody could read this: an oversight officer of the compartment must have signed in once, or two custodians.",
)


def members_of(record: Record) -> dict[str, KeyPair]:
    """The oversight officers of its compartment who may know it now and have a key."""
    return _fit(record, Appointment.objects.filter(post=Post.OVERSIGHT, unit_id=record.compartment))


def custodians_of(record: Record) -> dict[str, KeyPair]:
    """The custodians at headquarters and in the compartment's unit, by name in order."""
    units = {HEADQUARTERS, record.compartment}
    return _fit(record, Appointment.objects.filter(post=Post.CUSTODIAN, unit_id__in=units))


def _fit(record: Record, held: QuerySet[Appointment]) -> dict[str, KeyPair]:
    """Without whom the record is about, and without whoever must stand aside from it."""
    today = timezone.localdate()
    now = held.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    free = set(now.values_list("person__username", flat=True)) - record.concerns()
    return dict(sorted(pairs_of([one for one in free if not why_aside_from(record, one)]).items()))


def bound(record: Record, kind: Kept) -> bytes:
    """Where a wrap belongs: it opens for no other record."""
    return place(record.flow.name, record.pk, kind)


def place(loop: str, number: int, kind: Kept) -> bytes:
    """The same from its parts."""
    return f"{loop}/{number}/{kind}".encode()


def wraps(loop: str, numbers: Collection[int], kind: Kept, person_id: str) -> dict[int, Wrap]:
    """This person's wraps of these records, for his present key."""
    rows = Wrap.objects.filter(loop=loop, number__in=numbers, kind=kind, keypair__ended_at=None)
    return {row.number: row for row in rows.filter(keypair__person__username=person_id)}


def holders(record: Record) -> set[str]:
    """Who is on the list of this record."""
    rows = Wrap.objects.filter(loop=record.flow.name, number=record.pk, kind=Kept.MEMBER, keypair__ended_at=None)
    return set(rows.values_list("keypair__person__username", flat=True))


def hand_out(record: Record, key: bytes, first: bool) -> tuple[str, ...]:
    """Close a new key for the list and for the custodians; the wraps of the key before it end.

    The first time the list is made; later it only shrinks: whoever may no longer know is left out and returned.
    """
    before, fit = set() if first else holders(record), members_of(record)
    list_now = fit if first else {name: pair for name, pair in fit.items() if name in before}
    keepers = custodians_of(record)
    if not list_now and len(keepers) < NEEDED:
        raise Unreadable(NOBODY)
    Wrap.objects.filter(loop=record.flow.name, number=record.pk).delete()
    Wrap.objects.bulk_create([*_whole(record, key, list_now.values()), *_shares(record, key, keepers)])
    return tuple(sorted(before - set(list_now)))


def let_in(record: Record, key: bytes, pair: KeyPair) -> None:
    """Put one more person on the list."""
    Wrap.objects.filter(loop=record.flow.name, number=record.pk, kind=Kept.MEMBER, keypair=pair).delete()
    Wrap.objects.bulk_create(_whole(record, key, [pair]))


def _whole(record: Record, key: bytes, pairs: Iterable[KeyPair]) -> list[Wrap]:
    return [_wrap(record, Kept.MEMBER, pair, key) for pair in pairs]


def _shares(record: Record, key: bytes, keepers: dict[str, KeyPair]) -> list[Wrap]:
    if len(keepers) < NEEDED:
        return []
    parts = split(key, len(keepers), NEEDED)
    return [_wrap(record, Kept.SHARE, pair, *part[::-1]) for pair, part in zip(keepers.values(), parts, strict=True)]


def _wrap(record: Record, kind: Kept, pair: KeyPair, secret: bytes, part: int = 0) -> Wrap:
    box = closed_for(pair, secret, bound(record, kind))
    return Wrap(loop=record.flow.name, number=record.pk, kind=kind, keypair=pair, part=part, box=box, at=timezone.now())


def closed_for(pair: KeyPair, secret: bytes, where: bytes) -> str:
    """A secret closed for one person, as it is stored."""
    return text(wrapped(raw(pair.public), secret, where, settings.GUANJIAN_CIPHER))


def opened_by(private: bytes, box: str, where: bytes) -> bytes | None:
    """What was closed for the holder of this key, or None."""
    try:
        return unwrapped(private, raw(box), where)
    except WrongKey:
        return None
