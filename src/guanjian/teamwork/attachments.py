"""Files beside a record: kept under their hash outside the web's folders, given out only to who sees the record, never shown."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput, BrokenLedger, NotAllowed, NotFound
from guanjian.kernel.words import Text
from guanjian.ledger.models import Entry
from guanjian.moving.findable import hold, keep_beside
from guanjian.moving.record import Record
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.org.posts import Label
from guanjian.teamwork.comments import took_part
from guanjian.teamwork.kinds import kind_of
from guanjian.teamwork.models import Attachment, Told
from guanjian.teamwork.notices import tell
from guanjian.teamwork.seen import must_see, place_of

LARGEST, MOST, CHUNK = 20 * 1024 * 1024, 50, 1 << 20
SEALED = Text(
    "本件属廉政隔离，附件暂不能加密存放，故不收附件；请写入办理事实或批注。",
    "This record is sealed and files cannot be kept enciphered yet, so none is taken: write it into a step or a comment.",
)
TOO_LARGE = Text("附件不能为空，也不能超过{most}MB。", "A file is not empty and has at most {most} MB.").filled(most=20)
FULL = Text("本件附件已满{most}个。", "This record has its {most} files.").filled(most=MOST)
TWICE = Text("本件已有内容相同的附件。", "This record has a file of the same content.")
NONE = Text("请选择文件。", "Choose a file.")
NO_SUCH = Text("没有这个附件，或不在您的可见范围内。", "There is no such file, or it is not within your reach.")
ALTERED = Text(
    "附件与账本所记的哈希不符，已停止提供，请联系审计管理员。",
    "The file no longer has the hash that the ledger keeps; it is not given out. Tell the audit administrator.",
)


@transaction.atomic
def attach(record: Record, actor: Actor, file: BinaryIO, name: str, size: int) -> Attachment:
    """Check what it is, keep it under its hash, and note the hash in the ledger."""
    hold(record)
    must_see(record, actor)
    if record.label == Label.INTEGRITY:
        raise NotAllowed(SEALED)
    if not 0 < size <= LARGEST:
        raise BadInput(TOO_LARGE)
    beside = Attachment.objects.filter(**place_of(record))
    if beside.count() >= MOST:
        raise BadInput(FULL)
    name = named(name)
    kind, digest = kind_of(file, name), _digest(file)
    if beside.filter(digest=digest).exists():
        raise BadInput(TWICE)
    _keep(file, digest)
    told = {"name": name, "kind": kind, "size": size, "digest": digest}
    made = Attachment.objects.create(**place_of(record), author_id=actor.person_id, at=timezone.now(), **told)
    facts = {"attachment": made.pk, "name": name, "sha256": digest}
    note(f"{record.flow.name}.attached", record.key, actor, facts, record.district_code)
    keep_beside(record)
    tell(took_part(record), record, Told.COMMENT, actor)
    return made


def attached(record: Record) -> list[Attachment]:
    """The files of a record that somebody sees."""
    return list(Attachment.objects.filter(**place_of(record)).order_by("id"))


def opened(record: Record, actor: Actor, pk: int) -> tuple[Attachment, bytes]:
    """One file of this record with its content, which is still what the ledger says."""
    must_see(record, actor)
    row = Attachment.objects.filter(**place_of(record), pk=pk).first()
    if row is None:
        raise NotFound(NO_SUCH)
    try:
        content = _where(row.digest).read_bytes()
    except OSError:
        raise BrokenLedger(ALTERED) from None
    if hashlib.sha256(content).hexdigest() != _in_the_ledger(record, row.pk):
        raise BrokenLedger(ALTERED)
    return row, content


def _in_the_ledger(record: Record, pk: int) -> str:
    """The hash that was noted when the file came."""
    noted = Entry.objects.filter(subject=record.key, event=f"{record.flow.name}.attached").values_list(
        "body", flat=True
    )
    facts = (json.loads(body)["facts"] for body in noted)
    return next((one["sha256"] for one in facts if one["attachment"] == pk), "")


def named(name: str) -> str:
    """A file's own name: no folder, no sign that a header or a shell reads otherwise, at most 120 signs."""
    own = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in own if sign.isprintable() and sign not in '"<>|:*?').strip(" .")
    if not kept:
        raise BadInput(NONE)
    stem, suffix = PurePosixPath(kept).stem, PurePosixPath(kept).suffix
    return stem[: 120 - len(suffix)] + suffix[:20]


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _where(digest: str) -> Path:
    return settings.GUANJIAN_FILES / digest[:2] / digest


def _keep(file: BinaryIO, digest: str) -> None:
    """Written whole beside its place, then moved there: a file is complete or not there."""
    where = _where(digest)
    where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.seek(0)
    descriptor, beside = tempfile.mkstemp(dir=where.parent)
    with os.fdopen(descriptor, "wb") as kept:
        while part := file.read(CHUNK):
            kept.write(part)
        kept.flush()
        os.fsync(kept.fileno())
    Path(beside).replace(where)
