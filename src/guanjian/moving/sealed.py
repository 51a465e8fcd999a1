"""A record whose content lies enciphered in its row: opened for a member of its list, for one request, by his own key."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from guanjian.kernel.envelopes.box import KEY, WrongKey, closed, opened, padded
from guanjian.kernel.envelopes.wrap import derived, new_private, public_of, unwrapped, wrapped
from guanjian.kernel.errors import Locked, NotAllowed
from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.words import Text
from guanjian.moving.access import DROP, bound, hand_out, opened_by, wraps
from guanjian.moving.blinding import blind
from guanjian.moving.models import Kept
from guanjian.moving.record import Record, new_salt
from guanjian.moving.sealed_rows import SealedRecords
from guanjian.org.actor import CONCERNED, SYSTEM, Actor
from guanjian.org.keyring import pairs_of, raw, text
from guanjian.org.unlocked import key_of

NOT_ON_THE_LIST = Text("本件由知悉名单内的人员办理。", "This is for those on its list.")
UNLOCK = Text(
    "本件内容已加密，本次登录尚未解锁您的密钥：请输入密码解锁，或重新登录。",
    "This is enciphered and your key is not open in this session: unlock it with your password, or sign in again.",
)
CLOSED_TITLE = Text("（内容已加密，解锁后可见）", "(enciphered: unlock to read)")
WITHHELD = "（未披露）"
ALWAYS = ("title", "subject_type", "subject_id", "hands", "facts", "salt")


class How(StrEnum):
    """How far the content is open in this process."""

    NEW = "new"  # made here, not yet written
    WHOLE = "whole"  # by a member's key
    HEARD = "heard"  # by the person concerned: the question put to him, nothing else
    BLIND = "blind"  # by nobody: the system writes and cannot read
    CLOSED = "closed"


class Sealed(Record):
    """To seal a loop: `class Inquiry(Sealed)` (with a finding: `class Lead(Sealed, Found)`), label INTEGRITY, a compartment.

    - `SEALED_FIELDS` names the loop's own columns with content; title, subject, hands, facts and salt are sealed always.
      In the row these stand empty; what a query must filter or sort by (state, level, dates) stays plain: say nothing in it.
    - `ASKS` names the column with the question that a `heard` step answers; it is closed for the person concerned alone.
    - `objects = SealedRecords.as_manager()`; a loop with own reads subclasses it. Read through `visible_to(actor)`: what it
      yields is open while the actor's key is. `Model.objects.get()` yields a closed row with empty columns.
    - Search cannot see sealed columns: the desk's `search_fields` name plain ones. A unique key over content is kept as
      `blind(key)`.
    - A SYSTEM step is taken blind: its facts are dropped in with a public key and read by the next member; its `rule`,
      `bar` and follow-ups must not ask for sealed columns.
    Each write makes a new data key and closes it for those of the list who may still know (`access.hand_out`).
    """

    SEALED_FIELDS: ClassVar[tuple[str, ...]] = ()
    ASKS: ClassVar[str] = ""
    AT_REST: ClassVar[frozenset[str]] = frozenset({"box", "drop_key", "drops", "put", "finding_key"})  # never shown

    box = models.TextField(default="", editable=False)
    drop_key = models.CharField(max_length=64, default="", editable=False)  # whoever only writes closes for this key
    drops = models.JSONField(default=list, editable=False)
    put = models.TextField(default="", editable=False)  # the question, closed for the person concerned

    objects = SealedRecords.as_manager()
    _how = How.NEW
    _key = b""
    _who: frozenset[str] | None = None
    _subject: tuple[str, str] | None = None

    class Meta(Record.Meta):
        abstract = True

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._at_rest: dict[str, Any] = {}
        self._salts: dict[str, str] = {}

    @classmethod
    def from_db(cls, *given: Any, **named: Any) -> Self:
        row = super().from_db(*given, **named)
        row._how = How.CLOSED
        return row

    @classmethod
    def sealed_fields(cls) -> tuple[str, ...]:
        """Every column that stands empty in the row."""
        return ALWAYS + cls.SEALED_FIELDS

    @classmethod
    def mark(cls, key: str) -> str:
        """How a finding is known again: not by its subject in clear."""
        return blind(key)

    @property
    def is_open(self) -> bool:
        """True when the content was read with a key of the list."""
        return self._how in (How.NEW, How.WHOLE)

    def must_be_open(self) -> None:
        if self._how == How.CLOSED:
            raise Locked(UNLOCK)

    def open_for(self, actor: Actor) -> Self:
        """For a step: whole for a member, the question for the person concerned, blind for the system; else refused."""
        if actor.person_id == SYSTEM.person_id:
            self._rest(How.BLIND)
            return self
        private = key_of(actor.person_id)
        wrap = wraps(self.flow.name, [self.pk], Kept.MEMBER, actor.person_id).get(self.pk)
        if wrap and private is None:
            raise Locked(UNLOCK)
        if not (wrap and self.open_with(private, wrap.box)) and not (private and self.hear(actor.person_id, private)):
            raise NotAllowed(NOT_ON_THE_LIST)
        return self

    def open_with(self, private: bytes, wrap: str) -> bool:
        """Open the content with a member's private key and his wrap; False when it does not open."""
        key = opened_by(private, wrap, bound(self, Kept.MEMBER))
        return key is not None and self.unfold(key)

    def unfold(self, key: bytes) -> bool:
        """Put the content into the columns, and what was dropped in since; False when the key does not open it."""
        try:
            kept = json.loads(opened(key, raw(self.box), self.flow.name.encode()))
            private = derived(key, DROP)
            dropped = [json.loads(unwrapped(private, raw(drop), DROP)) for drop in self.drops]
        except WrongKey:
            return False
        self._rest(How.WHOLE)
        self._key, self._salts = key, kept.pop("salts")
        for name, value in kept.items():
            setattr(self, name, self._read(name, value))
        for one in dropped:
            self._take_in(one)
        return True

    def hear(self, person_id: str, private: bytes) -> bool:
        """Open the question for the person to whom it is put."""
        found = opened_by(private, self.put, DROP) if self.put else None
        if found is None:
            return False
        self._rest(How.HEARD)
        self._who = frozenset({person_id})
        setattr(self, self.ASKS, json.loads(found)["question"])
        return True

    def _rest(self, how: How) -> None:
        self._at_rest = {name: getattr(self, name) for name in self.sealed_fields()}
        self._how, self.salt = how, new_salt()

    def _take_in(self, given: dict[str, Any]) -> None:
        self.facts = {**self.facts, given["step"]: given["facts"]}
        self.hands = {**self.hands, given["step"]: given["hand"]}
        self._salts[given["step"]] = given["salt"]
        for name in self.SEALED_FIELDS:
            if name in given["facts"]:
                setattr(self, name, self._read(name, given["facts"][name]))

    def _read(self, name: str, value: Any) -> Any:
        field = self._meta.get_field(name)
        return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        super().take(step, facts, actor, at)
        if self._how in (How.HEARD, How.BLIND):
            given = {"step": step.name, "hand": actor.person_id, "facts": facts, "salt": self.salt}
            plain = padded(json.dumps(given, ensure_ascii=False))
            self.drops = [*self.drops, text(wrapped(raw(self.drop_key), plain, DROP, settings.GUANJIAN_CIPHER))]

    def store(self, insert: bool = False) -> tuple[str, ...]:
        """Write the row with its content closed under a new key; the columns of this object stay open."""
        if self._subject is not None:
            raise ValueError("a row with a name struck out is for showing only")
        now = {name: getattr(self, name) for name in self.sealed_fields()}
        self.put = (self._question() if self.is_open else self.put) if self._asks else ""
        if self.is_open:
            self._close(now)
        self._show({name: self._resting(name, value) for name, value in now.items()})
        super().store(insert)
        self._show(now)
        if not self.is_open:
            return ()
        self._how = How.WHOLE
        return hand_out(self, self._key, insert)

    def _close(self, now: dict[str, Any]) -> None:
        self._key = new_private()
        kept = {name: _json(value) for name, value in now.items()} | {"salts": self._salts}
        plain = padded(json.dumps(kept, ensure_ascii=False))
        self.box = text(closed(self._key, plain, self.flow.name.encode(), settings.GUANJIAN_CIPHER))
        self.drop_key, self.drops = text(public_of(derived(self._key, DROP, KEY))), []

    def _show(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(self, name, value)

    def _resting(self, name: str, value: Any) -> Any:
        """What stands in the row: nothing; of the hands those of a step by which nobody concerned is named."""
        if name == "hands":
            heard = {step.name for step in self.flow.steps if step.heard}
            return {step: person for step, person in value.items() if step not in heard}
        return _empty(self._meta.get_field(name))

    @property
    def _asks(self) -> bool:
        """True in a state that waits for the person's answer."""
        return bool(self.ASKS) and any(step.heard and self.state in step.source for step in self.flow.steps)

    def _question(self) -> str:
        """The question closed for the person concerned; nothing when he has no key: then he is asked in person."""
        plain = padded(json.dumps({"question": getattr(self, self.ASKS)}, ensure_ascii=False))
        pairs = pairs_of(self.concerns()).values()
        return next((text(wrapped(raw(pair.public), plain, DROP, settings.GUANJIAN_CIPHER)) for pair in pairs), "")

    def reread(self) -> None:
        now = {name: getattr(self, name) for name in self.sealed_fields()}
        super().reread()
        self._at_rest = {name: getattr(self, name) for name in now}
        self._show(now)

    def concerns(self) -> set[str]:
        """Whom it is about; true even where the name is withheld from the reader."""
        return set(self._who) if self._who is not None else super().concerns()

    def named(self, actor: Actor) -> str:
        """The ledger never names whom a record is about."""
        return CONCERNED.person_id if actor.person_id in self.concerns() else actor.person_id

    def subject(self) -> tuple[str, str]:
        """What it is about, true even where the name is withheld."""
        return self._subject or (self.subject_type, self.subject_id)

    @property
    def withholds(self) -> bool:
        """True where the name of whom it is about was struck out for its reader."""
        return self._subject is not None

    def stay_closed(self) -> None:
        """Have the row say that it is closed to its reader."""
        self._at_rest = {"title": self.title}
        self.title = str(CLOSED_TITLE)

    def withhold(self) -> None:
        """Strike the name of whom it is about out of everything that will be shown."""
        who = self.concerns()
        if not who:
            return
        self._who, self._subject = frozenset(who), (self.subject_type, self.subject_id)
        self._show({name: self.strike(getattr(self, name)) for name in self.sealed_fields() if name != "salt"})

    def strike(self, value: Any) -> Any:
        """What is shown beside the content, without the name that is withheld from this reader."""
        who = sorted(self._who or ()) if self.withholds else []
        return _struck(value, re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in who))) if who else value

    def content(self) -> str:
        """As every record's, salted: otherwise short facts could be guessed from the signatures."""
        return hashlib.sha256(f"{self.salt}{super().content()}".encode()).hexdigest()

    def _fields(self):
        """The row as it lies in the database: its hash is verified without any key."""
        return [(name, self._at_rest.get(name, value)) for name, value in super()._fields()]


def _empty(field: models.Field) -> Any:
    if isinstance(field, models.JSONField):
        return field.get_default()
    if field.null:
        return None
    return "" if isinstance(field, (models.CharField, models.TextField)) else 0


def _json(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str, list, dict)) else str(value)


def _struck(value: Any, names: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return names.sub(WITHHELD, value)
    if isinstance(value, dict):
        return {key: _struck(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_struck(item, names) for item in value]
    return value
