"""The scoring process: it loads the model once and answers one declaration to a line at a local socket."""

from __future__ import annotations

import json
import os
import socketserver
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from guanjian.kernel.errors import BadInput, GuanjianError
from guanjian.targeting import file, words
from guanjian.targeting.asking import MOST_BYTES, PATIENCE
from guanjian.targeting.model import Model
from guanjian.targeting.rows import NUMBERS, TEXT, Rows

LOCAL = ZoneInfo("Asia/Shanghai")


class Scoring:
    """The model of one file; when the file is replaced, the next question is answered by the new one."""

    def __init__(self, path: Path) -> None:
        self.path, self.stamp = path, -1
        self.model = self.current()

    def current(self) -> Model:
        """The model as the file has it now; the old one while the file is being replaced."""
        stamp = self.path.stat().st_mtime_ns if self.path.is_file() else self.stamp
        if stamp != self.stamp or self.stamp < 0:
            self.model, self.stamp = file.load(self.path), stamp
        return self.model

    def answer(self, declaration: dict[str, Any]) -> dict[str, Any]:
        """Chance, amount at stake and reasons of one declaration, and the CPU time that it took."""
        begun = time.process_time()
        model, rows = self.current(), one_row(declaration)
        scores = model.score(rows)
        told = words.reasons(model.memory, scores.matrix, model.heads.parts(scores.matrix))[0]
        return {
            "entry_id": rows.text["entry_id"][0],
            "probability": float(scores.probability[0]),
            "at_stake_cny": round(float(scores.at_stake[0]), 2),
            "expected_cny": round(float(scores.expected[0]), 2),
            "model_version": model.version,
            "reasons": [_told(one) for one in told],
            "cpu_ms": round((time.process_time() - begun) * 1000, 3),
        }


def one_row(declaration: dict[str, Any]) -> Rows:
    """A declaration as rows: contract columns; any further one is text of the source's own."""
    if not declaration.get("entry_id") or not declaration.get("declared_at"):
        raise BadInput("缺少报关单号或申报时间。", "The entry's id or the time of declaration is missing.")
    try:
        moment = datetime.fromisoformat(str(declaration["declared_at"]))
        number = {name: np.array([_number(declaration.get(name))]) for name in NUMBERS}
    except ValueError as error:
        raise BadInput(f"申报时间或数值读不成：{error}", f"A time or a number cannot be read: {error}") from error
    own = set(declaration) - {*TEXT, *NUMBERS, "declared_at"}
    text = {name: np.array([str(declaration.get(name) or "")], object) for name in (*TEXT, *sorted(own))}
    at = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
    return Rows.of(text, number, np.array([int(at.timestamp())]))


def serve(model: Path, place: Path) -> None:
    """Answer until stopped. The socket belongs to this user alone."""
    scoring = Scoring(model)
    place.unlink(missing_ok=True)
    mask = os.umask(0o177)
    try:
        server = _Server(str(place), _Line)
    finally:
        os.umask(mask)
    server.scoring = scoring
    with server:
        try:
            server.serve_forever()
        finally:
            place.unlink(missing_ok=True)


class _Server(socketserver.UnixStreamServer):
    request_queue_size = 64
    scoring: Scoring


class _Line(socketserver.StreamRequestHandler):
    timeout = PATIENCE  # one who connects and stays silent holds nobody up for long

    def handle(self) -> None:
        try:
            line = self.rfile.readline(MOST_BYTES)
            answer = self._answer(line)
            self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        except OSError:
            return  # the asker is gone

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict):
                raise BadInput("请求不是一份报关单。", "The request is no declaration.")
            return self.server.scoring.answer(asked)
        except json.JSONDecodeError:
            problem = BadInput("请求不是 JSON。", "The request is not JSON.")
        except GuanjianError as error:
            problem = error
        return {"error": problem.text.zh, "error_en": problem.text.en}


def _number(value: Any) -> float:
    return float("nan") if value in (None, "") else float(value)


def _told(reason: words.Reason) -> dict[str, Any]:
    value = None if reason.value is None else round(reason.value, 6)
    said = {"zh": reason.said.zh, "en": reason.said.en}
    return {"feature": reason.feature, "value": value, "weight": round(reason.weight, 4), **said}
