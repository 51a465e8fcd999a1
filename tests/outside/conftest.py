"""The small country, a system that was let in, and a receiver that keeps what it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guanjian.outside import registry
from guanjian.outside.models import System
from guanjian.pages import names
from tests import cast
from tests.days import date_in

SCOPES = ["post", "read", "hear"]


def until():
    return date_in(90)


def application(code: str = "FKPT", unit: str = "2200", **changes) -> dict:
    """What is filled in when a system is registered."""
    names_of = {"name_zh": "风控平台", "name_en": "Risk platform"}
    return {"code": code, "unit": unit, "lines": [], "scopes": SCOPES, "reads_as": "function", **names_of, **changes}


def let_in(code: str = "FKPT", unit: str = "2200", **changes) -> System:
    """A system that two administrators let in."""
    made = registry.register(cast.actor("admin"), application(code, unit, **changes))
    return registry.open_system(made.pk, cast.actor("security"), until())


@pytest.fixture
def office(db):
    names.forget()
    cast.settle()
    yield
    names.forget()


@pytest.fixture
def system(office):
    return let_in()


@pytest.fixture
def key(system):
    return registry.issue_key(system.pk, cast.actor("security"), 30)


def row(number: int = 1, **changes) -> dict:
    """A finding as another system sends it."""
    told = {
        "id": f"FK-{number}",
        "code": "JG01",
        "title": "价格偏低",
        "title_en": "Low price",
        "unit_code": "2201",
        "line_code": "duty",
        "subject_type": "enterprise",
        "subject_id": f"31229600{number:02}",
        "period": "2026-09",
        "level": "orange",
        "score": 4.5,
        "p_value": 0.001,
        "explanation": "单价低于同行九成",
        "evidence": {"price": "1.20", "rows": ["220120261000000001"]},
    }
    return {**told, **changes}


@dataclass
class Receiver:
    """An address on this machine: what came, and what it answers next (200 when nothing is laid out)."""

    address: str = ""
    got: list[tuple[dict, bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)  # records that are answered with 500
    pause: float = 0  # seconds before it answers

    @property
    def told(self) -> list[dict]:
        return [json.loads(body)["data"] for _, body in self.got]

    def status(self, body: bytes) -> int:
        if json.loads(body)["data"]["key"] in self.refuses:
            return 500
        return self.answers.pop(0) if self.answers else 200


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    """A real HTTP server on the loopback address, which the operator allows here."""
    settings.GUANJIAN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            status = kept.status(body)
            kept.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(kept.pause)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{kept.address}elsewhere")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield kept
    server.shutdown()
    server.server_close()
