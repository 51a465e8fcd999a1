"""A phone in tests: it signs items as the page on site does, truly or not; and what the generic tests need of field work."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from guanjian.loops.fieldwork import chain
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.fieldwork.rules import TAKEN_BY
from tests.days import Hence, as_of_now

PLACE = {"lon": 121.503, "lat": 31.245, "accuracy": 12}
STARTED = Hence(-1)
RECORD = {
    "exam_addr": "某监管作业场所3号门",
    "manner": "B",
    "containers": [{"container_id": "TGHU1234567", "seal": "sound", "new_seal": "ZH0099"}],
    "packing": "22",
    "packing_other": "",
    "papers": [{"paper": "装箱单", "count": "1"}, {"paper": "发票", "count": "2"}],
    "requirements": [{"requirement": "核对规格", "met": "agrees"}],
    "goods": [{"g_no": "1", "element": "qty", "declared": "100", "real": "90", "agreement": "other"}],
    "machine_result": "",
    "companion": "",
    "exam_result": "abnormal",
    "disposal": "9",
    "other": "",
    "notes": "按照查验指令实施查验，第1项商品数量与申报不符。",
}


def digest(content: bytes | str) -> str:
    """SHA-256."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@dataclass
class Phone:
    """One device of one officer for one job."""

    officer: str
    number: int = 7
    signed: int = 0
    last: str = ""

    def __post_init__(self) -> None:
        self.key = derive_private_key(self.number, SECP256R1())
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.open, self.head = b64encode(point).decode(), digest(point)
        self.last = self.last or self.head

    def signature(self, text: str) -> str:
        """As a browser gives it: r and s side by side."""
        r, s = decode_dss_signature(self.key.sign(text.encode(), ECDSA(SHA256())))
        return b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()

    def item(self, job: str, deed: str, at: datetime | None = None, **facts: Any) -> dict[str, str]:
        """The next item of this phone."""
        said = {"job": job, "device": self.head[:16], "seq": self.signed + 1, "prev": self.last}
        facts, at = as_of_now(facts), at or timezone.now()
        text = json.dumps({**said, "at": at.isoformat(), "do": deed, "facts": facts or PLACE}, ensure_ascii=False)
        self.signed, self.last = self.signed + 1, digest(text)
        return {"item": text, "signature": self.signature(text)}

    def bound(self, at: datetime) -> dict[str, str]:
        """How the office keeps that the job was taken onto this phone."""
        clock = at.isoformat()
        return {"step": "bind", "by": self.officer, "received_at": clock, "key": self.open, "clock": clock}

    def kept(self, step: str, deed: str, at: datetime, **facts: Any) -> dict[str, str]:
        """How the office keeps an item of this phone."""
        item = self.item("fieldwork/1", deed, at, **facts)
        return {"step": step, "by": self.officer, "received_at": at.isoformat(), **item}


def _beginning(*deeds: tuple) -> list[dict[str, str]]:
    phone, at = Phone("someone"), STARTED.at(timezone.now())
    return [phone.bound(at), *(phone.kept(step, deed, at, **facts) for step, deed, facts in deeds)]


def _next(deed: str, **facts: Any):
    """The facts of a step: the next item of the phone whose items the job has."""

    def given(job: Fieldwork) -> dict[str, str]:
        phone = Phone("someone")
        signed = chain.of_device(job.items, phone.head[:16])
        phone.signed, phone.last = len(signed), chain.of(signed[-1]["item"]) if signed else phone.head
        return phone.item(job.key, deed, **facts)

    return given


CAME = ("arrive", "check_in", {})
SPAN = {"hash": "b" * 64, "from": Hence(0), "to": Hence(0)}
FACTS = {
    "photo": {"hash": "a" * 64, "shows": "goods"},
    "clip": {**SPAN, "camera": "JL-01"},
    "track": {**SPAN, "count": 2},
}
FACTS["record"] = RECORD
STEPS = {step: deed for deed, steps in TAKEN_BY.items() for step in steps}
PARTICULAR = {
    **{("fieldwork", step): _next(deed, **FACTS.get(deed, {})) for step, deed in STEPS.items()},
    ("fieldwork", "set_aside"): lambda job: {**_next("check_in")(job), "why": "本人已签到。"},
    ("fieldwork", "bind"): {"key": Phone("someone", 9).open, "clock": STARTED},
}
PREPARED = {
    **{("fieldwork", step): lambda: {"items": _beginning(CAME)} for step in (*STEPS, "set_aside")},
    **{("fieldwork", step): lambda: {"items": _beginning()} for step in TAKEN_BY["check_in"]},
    ("fieldwork", "submit"): lambda: {"items": _beginning(CAME, ("record", "record", RECORD))},
}
FIELDS = {
    "fieldwork": {
        "kind": "examination",
        "place": "某监管作业场所",
        "place_lon": PLACE["lon"],
        "place_lat": PLACE["lat"],
        "planned_start": STARTED,
        "planned_end": Hence(3),
        "first_officer": "someone",
        "second_officer": "front",
    }
}
MODELS = (Fieldwork,)
READERS = {"fieldwork": "front"}
NOUNS = {"fieldwork": "fieldwork"}
