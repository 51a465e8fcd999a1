"""The internal-control nodes that the project declares, and the signals that look at each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from guanjian.kernel.words import Text
from guanjian.signals.catalogue import catalogue, indicator_catalogue
from guanjian.signals.controls.catalogue import catalogue as controls


class Signal(Protocol):
    """A detector, an indicator or a control: what a node needs to know of it."""

    code: str
    title: Text
    node: str


@dataclass(frozen=True)
class Node:
    """A place where power can go wrong, and what stands against it; `facts` holds its further columns as they are."""

    code: str
    line: str
    title: Text
    risk: Text
    measure: Text
    facts: dict[str, str]


@cache
def nodes() -> dict[str, Node]:
    """The nodes by code, in the order of the file."""
    text = (files(__package__) / "nodes.csv").read_text(encoding="utf-8")
    return {row["node_code"]: _node(row) for row in csv.DictReader(text.splitlines())}


def _node(row: dict[str, str]) -> Node:
    pairs = [Text(row.pop(f"{name}zh"), row.pop(f"{name}en")) for name in ("", "risk_", "measure_")]
    return Node(row.pop("node_code"), row.pop("line_code"), *pairs, row)


def signals() -> list[Signal]:
    """Every detector, indicator and control."""
    return [*catalogue().values(), *indicator_catalogue().values(), *controls().values()]


def looking_at(code: str) -> list[Signal]:
    """The signals of a node."""
    return [signal for signal in signals() if signal.node == code]


def without_signal() -> list[Node]:
    """Nodes that no signal looks at."""
    return [node for node in nodes().values() if not looking_at(node.code)]


def without_node(known: Iterable[Signal] | None = None) -> list[Signal]:
    """Signals that look at no node of the catalogue."""
    return [signal for signal in (signals() if known is None else known) if signal.node not in nodes()]
