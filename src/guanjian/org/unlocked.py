"""Whose private keys are open while this request is answered? Never a field of an actor: caches keep actors for minutes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_keys: ContextVar[Mapping[str, bytes]] = ContextVar("unlocked", default=MappingProxyType({}))


@contextmanager
def unlocked(keys: Mapping[str, bytes]):
    """Within the block exactly these people's private keys are open, whatever was open outside it."""
    token = _keys.set(dict(keys))
    try:
        yield
    finally:
        _keys.reset(token)


def key_of(person_id: str) -> bytes | None:
    """This person's private key, if it is open here."""
    return _keys.get().get(person_id)
