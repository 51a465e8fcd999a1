"""Where may we send? To public addresses over TLS; inside, only to networks that the operator names. Asked again at each sending.

The connection goes to the very address that was checked, so that a name cannot lead elsewhere a moment later; no redirect is
followed and no proxy asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from guanjian.kernel.errors import BadInput, GuanjianError
from guanjian.kernel.words import Text

TIMEOUT_SECONDS = 10  # of silence
TOTAL_SECONDS = 20  # of the whole exchange: who answers a byte at a time holds no sender
READ = 200  # of an answer's body
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNUSABLE = Text(
    "地址应为 https://主机/路径，不带用户名、密码和#。",
    "The address must be https://host/path, without user, password or #.",
)
SLOW = Text("{most}秒内没有应答完毕。", "The answer was not complete within {most} seconds.")
PLAIN = Text("只有本机地址可以不用 https。", "Only an address of this machine may do without https.")
UNKNOWN = Text("找不到主机“{host}”。", "The host “{host}” cannot be found.")
INSIDE = Text(
    "主机“{host}”指向内部或保留地址 {address}，不能发送；确需发送的，由运维人员列入 GUANJIAN_WEBHOOK_NETWORKS。",
    "The host “{host}” leads to the internal or reserved address {address}; an operator may allow it in GUANJIAN_WEBHOOK_NETWORKS.",
)


class Unreachable(GuanjianError):
    """Nobody answered there."""


@dataclass(frozen=True)
class Target:
    """An address that may be sent to, and the number that its name stood for when it was checked."""

    host: str
    port: int
    path: str
    number: str
    tls: bool


def checked(address: str) -> Target:
    """The address, or `BadInput` with the sentence that says why nothing is sent there."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadInput(UNUSABLE) from None
    plain = address.isascii() and address.isprintable() and " " not in address
    if (
        not plain
        or parts.scheme not in ("https", "http")
        or not parts.hostname
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise BadInput(UNUSABLE)
    tls = parts.scheme == "https"
    port = port or (443 if tls else 80)
    number = _number(parts.hostname, port)
    if not tls and not ipaddress.ip_address(number).is_loopback:
        raise BadInput(PLAIN)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.hostname, port, path, number, tls)


def _number(host: str, port: int) -> str:
    """The first number of the host; refused when any of its numbers may not be sent to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadInput(UNKNOWN.filled(host=host)) from None
    numbers = [str(one[4][0]).partition("%")[0] for one in found]
    for number in numbers:
        if not allowed(ipaddress.ip_address(number)):
            raise BadInput(INSIDE.filled(host=host, address=number))
    return numbers[0]


def allowed(address: Address) -> bool:
    """True for a public address, and for one of a network that the operator named."""
    inner = _inner(address)
    if any(inner.version == net.version and inner in net for net in _networks()):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _inner(address: Address) -> Address:
    """The old address that a new one stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.packed[:12] == ipaddress.IPv6Address("64:ff9b::").packed[:12]:
            return ipaddress.IPv4Address(address.packed[12:])
        return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, address))[1]
    return address


def _networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(one.strip()) for one in settings.GUANJIAN_WEBHOOK_NETWORKS if one.strip()]


class _Pinned(http.client.HTTPConnection):
    """A connection to the number that was checked, under the name that its certificate must bear."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT_SECONDS)
        self.target = target
        self.line: socket.socket | None = None
        self.over = threading.Event()

    def connect(self) -> None:
        self.sock = self.line = socket.create_connection((self.target.number, self.target.port), TIMEOUT_SECONDS)
        if self.target.tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.target.host)
            self.line = self.sock
        if self.over.is_set():  # while the two still greeted each other there was no line to cut
            raise TimeoutError

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Inside the block the line is cut after so long, whatever comes in meanwhile; `over` says whether it was."""
        clock = threading.Timer(seconds, self._cut)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _cut(self) -> None:
        self.over.set()
        if self.line is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    """Send; the status and the beginning of the answer. `BadInput` when it may not be sent, `Unreachable` when nobody answers."""
    line = _Pinned(checked(address))
    with line.at_most(TOTAL_SECONDS):
        try:
            line.request("POST", line.target.path, body, dict(headers))
            answer = line.getresponse()
            return answer.status, "" if 200 <= answer.status < 300 else _beginning(answer)
        except (OSError, http.client.HTTPException) as problem:
            if line.over.is_set():
                raise Unreachable(SLOW.filled(most=TOTAL_SECONDS)) from None
            raise Unreachable("没有应答。", f"No answer: {type(problem).__name__}.") from None
        finally:
            line.close()


def _beginning(answer: http.client.HTTPResponse) -> str:
    return answer.read(READ).decode("utf-8", "replace").replace("\x00", "")
