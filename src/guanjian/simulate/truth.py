"""What is true in this world? Every planted behaviour and every breach that arose by itself, with the entries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

NOTICE = "模拟数据：机构、人员、企业与单证均由程序生成，与真实主体无关。"
NOTICE_EN = "Simulated: every office, person, enterprise and document is generated and stands for nobody real."
SAMPLE = 5


@dataclass
class Truth:
    """What `truth.json` says: `planted`, `arisen` and `formal` are lists of one shape; `conditions` look odd and are honest."""

    scenario: str
    seed: int
    declarations: int
    period: tuple[str, str]
    planted: list[dict[str, Any]] = field(default_factory=list)
    arisen: list[dict[str, Any]] = field(default_factory=list)
    formal: list[dict[str, Any]] = field(default_factory=list)  # rules not kept, by whomever, that accuse nobody
    conditions: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The content of `truth.json`."""
        head = {"simulated": True, "notice": NOTICE, "notice_en": NOTICE_EN}
        return head | {name: getattr(self, name) for name in self.__dataclass_fields__}

    def write(self, out: Path) -> None:
        """Writes `truth.json` beside the tables."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1)
        (out / "truth.json").write_text(text + "\n", encoding="utf-8")


class Notes:
    """What the generator writes down while it acts: entries (18 bytes each) by kind and subject."""

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}

    def add(self, kind: str, subject: np.ndarray, entry: np.ndarray) -> None:
        """Subjects (their numbers) and the entries that they did it on."""
        if len(subject):
            self._kept.setdefault(kind, []).append((np.asarray(subject, np.int64), _joined(entry)))

    def by_subject(self, kind: str) -> dict[int, list[str]]:
        """For each subject the entries in order, each once."""
        if kind not in self._kept:
            return {}
        subject, entry = (np.concatenate(part) for part in zip(*self._kept[kind], strict=True))
        order = np.lexsort((entry, subject))
        subject, entry = subject[order], entry[order]
        new = np.ones(len(subject), bool)
        new[1:] = (subject[1:] != subject[:-1]) | (entry[1:] != entry[:-1])
        subject, entry = subject[new], entry[new].astype("U18")
        starts = np.flatnonzero(np.append(True, subject[1:] != subject[:-1]))
        ends = np.append(starts[1:], len(subject))
        return {int(subject[a]): entry[a:b].tolist() for a, b in zip(starts, ends, strict=True)}


def _joined(entry: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(entry, np.uint8).view("S18").ravel()


def record(
    kind: str, subject_type: str, subject_id: str, unit_code: str, entries: list[str], **more: Any
) -> dict[str, Any]:
    """One truth, planted or arisen: who, where, on which entries."""
    head = {"kind": kind, "subject_type": subject_type, "subject_id": subject_id, "unit_code": unit_code}
    return head | more | {"count": len(entries), "sample": entries[:SAMPLE], "entries": entries}


def moment(seconds: int) -> str:
    """An instant as text."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()
