"""Asking the scoring process for one declaration: plain sockets and JSON, so that whoever asks stays light."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from guanjian.kernel.errors import BadInput, GuanjianError

PATIENCE = 5.0  # seconds
MOST_BYTES = 65_536


class NotServing(GuanjianError):
    """Nobody answers at the socket."""

    status = 503
    exit_code = 7


def ask(place: Path, declaration: dict[str, Any]) -> dict[str, Any]:
    """What the scoring process says of this declaration."""
    line = json.dumps(declaration, ensure_ascii=False).encode() + b"\n"
    if len(line) > MOST_BYTES:
        raise BadInput("报关单内容过长。", "The declaration is too long.")
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
            wire.settimeout(PATIENCE)
            wire.connect(str(place))
            wire.sendall(line)
            with wire.makefile("rb") as answers:
                answer = json.loads(answers.readline(MOST_BYTES) or b"null")
    except (OSError, ValueError) as error:
        raise NotServing(
            "评分服务没有运行：请运行 guanjian target serve 后再试。",
            "The scoring process does not run: start `guanjian target serve` and try again.",
        ) from error
    if not isinstance(answer, dict):
        raise NotServing("评分服务没有回答，请重试。", "The scoring process gave no answer: try again.")
    if "error" in answer:
        raise BadInput(answer["error"], answer["error_en"])
    return answer
