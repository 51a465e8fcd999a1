"""Nothing is sent to an internal address, by whatever name or number it is called, neither at registration nor at sending."""

import ipaddress
import socket
import threading
from contextlib import suppress

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.outside import addresses

INSIDE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "240.0.0.1"),
]
WRONG = [
    *("ftp://a.example/", "https://", "https://user:pw@a.example/", "https://a.example/#x", "https://a.example:99999/"),
    *("https://a.example/ x", "javascript:alert(1)", "//a.example/", "https://例.example/", "https://a.example/\n"),
]


def standing_for(monkeypatch, *numbers):
    """Every name stands for these numbers."""
    found = [(socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, 443)) for one in numbers]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *args, **more: found)


@pytest.mark.parametrize("number", INSIDE)
def test_an_internal_number_is_refused(settings, monkeypatch, number):
    settings.GUANJIAN_WEBHOOK_NETWORKS = [""]
    assert not addresses.allowed(ipaddress.ip_address(number))
    standing_for(monkeypatch, number)
    with pytest.raises(BadInput, match="内部或保留地址"):
        addresses.checked("https://innocent.example/hook")


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111"])
def test_a_public_number_is_taken(monkeypatch, number):
    standing_for(monkeypatch, number)
    target = addresses.checked("https://receiver.example/hook?a=1")
    assert (target.number, target.port, target.path, target.tls) == (number, 443, "/hook?a=1", True)


def test_one_internal_number_among_public_ones_is_enough(monkeypatch):
    standing_for(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(BadInput, match="内部或保留地址"):
        addresses.checked("https://innocent.example/")


@pytest.mark.parametrize("address", WRONG)
def test_what_is_no_plain_address_is_refused(monkeypatch, address):
    standing_for(monkeypatch, "8.8.8.8")
    with pytest.raises(BadInput):
        addresses.checked(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "localhost"])
def test_other_ways_of_writing_this_machine_are_seen_through(host):
    with pytest.raises(BadInput):
        addresses.checked(f"https://{host}/")


def test_without_tls_only_to_this_machine_and_only_where_the_operator_says_so(settings, monkeypatch):
    standing_for(monkeypatch, "8.8.8.8")
    with pytest.raises(BadInput, match="https"):
        addresses.checked("http://receiver.example/")
    settings.GUANJIAN_WEBHOOK_NETWORKS = ["127.0.0.0/8", "10.20.0.0/16"]
    standing_for(monkeypatch, "127.0.0.1")
    assert not addresses.checked("http://localhost:8080/").tls
    standing_for(monkeypatch, "10.20.3.4")
    assert addresses.checked("https://platform.customs.example/").number == "10.20.3.4"
    with pytest.raises(BadInput, match="https"):
        addresses.checked("http://platform.customs.example/")
    standing_for(monkeypatch, "10.21.3.4")
    with pytest.raises(BadInput, match="内部或保留地址"):
        addresses.checked("https://platform.customs.example/")


def test_the_connection_goes_to_the_number_that_was_checked(receiver, monkeypatch):
    """A name that stands for another number a moment later is not asked again."""
    asked = []
    real = socket.getaddrinfo

    def turning(host, *args, **more):
        asked.append(host)
        number = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return real(number if host == "turning.example" else host, *args, **more)

    monkeypatch.setattr(addresses.socket, "getaddrinfo", turning)
    port = receiver.address.rpartition(":")[2].strip("/")
    status, _ = addresses.post(f"http://turning.example:{port}/", b'{"data": {"key": "alert/1"}}', {})
    assert status == 200
    assert asked[0] == "turning.example"
    assert "turning.example" not in asked[1:]


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [302]
    status, _ = addresses.post(receiver.address, b'{"data": {"key": "alert/1"}}', {})
    assert (status, len(receiver.got)) == (302, 1)


def test_nobody_there_is_said(settings):
    settings.GUANJIAN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(addresses.Unreachable):
            addresses.post(f"http://127.0.0.1:{closed.getsockname()[1]}/", b"{}", {})


@pytest.fixture
def dripping(settings):
    """A receiver that takes what comes and then answers a sign at a time; the port, and when it has given up."""
    settings.GUANJIAN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        cut = threading.Event()

        def answer():
            line, _ = server.accept()
            with line, suppress(OSError):
                line.recv(65536)
                for sign in b"HTTP/1.1 200 " + b"." * 2000 + b"\r\nContent-Length: 0\r\n\r\n":
                    line.sendall(bytes([sign]))
                    if cut.wait(0.02):
                        return

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]
        cut.set()


def test_who_answers_a_sign_at_a_time_is_cut_off_at_the_limit_of_the_whole(dripping, monkeypatch):
    monkeypatch.setattr(addresses, "TOTAL_SECONDS", 0.1)
    with pytest.raises(addresses.Unreachable) as refused:
        addresses.post(f"http://127.0.0.1:{dripping}/", b"{}", {})
    assert "没有应答完毕" in refused.value.text.zh


def test_an_answer_in_time_is_told_as_it_is(receiver):
    assert addresses.post(receiver.address, b'{"data": {"key": "alert/1"}}', {}) == (200, "")
    receiver.answers = [500]
    assert addresses.post(receiver.address, b'{"data": {"key": "alert/1"}}', {}) == (500, "ok")
