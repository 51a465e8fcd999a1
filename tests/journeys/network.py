"""The line between a telephone and the console, which can be cut: then nothing gets through, from no part of the browser."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Thread


class Line:
    """Passes on whatever comes to `address`; while it is cut, what is open is closed and nothing new is taken."""

    def __init__(self, address: str) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self._to = (host, int(port))
        self._ears = socket.create_server((host, 0))
        self._ends: list[socket.socket] = []
        self._lock, self._is_cut = Lock(), False
        self.address = f"http://{host}:{self._ears.getsockname()[1]}"
        Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Cut it."""
        with self._lock:
            self._is_cut = True
            for end in self._ends:
                _close(end)
            self._ends = []

    def mend(self) -> None:
        """Let it pass again."""
        with self._lock:
            self._is_cut = False

    def _listen(self) -> None:
        while True:
            here, _ = self._ears.accept()
            with self._lock:
                if self._is_cut:
                    _close(here)
                    continue
                there = socket.create_connection(self._to)
                self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):  # the line was cut, or either side hung up
        while piece := one.recv(65536):
            other.sendall(piece)
    _close(one)
    _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
