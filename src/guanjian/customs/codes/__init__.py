"""Which values does a coded column know, and what do they mean? One CSV per code list: code, zh, en and what else it has."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from guanjian.kernel.words import Text


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list; `more` holds its further columns, such as the position of a district."""

    code: str
    text: Text
    more: dict[str, str]


def names() -> list[str]:
    """The code lists that are shipped."""
    return sorted(entry.name[:-4] for entry in files(__name__).iterdir() if entry.name.endswith(".csv"))


@cache
def codes(name: str) -> dict[str, Code]:
    """A code list by its name, in its own order; KeyError when there is no such list."""
    source = files(__name__) / f"{name}.csv"
    if not source.is_file():
        raise KeyError(name)
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {row["code"]: Code(row.pop("code"), Text(row.pop("zh"), row.pop("en")), row) for row in rows}


def text_of(name: str, code: str) -> Text:
    """What a code means; a code that the list does not know is shown as it is."""
    known = codes(name).get(code)
    return known.text if known else Text(code, code)


@dataclass(frozen=True, slots=True)
class District:
    """One of the 42 districts directly under headquarters."""

    code: str
    name: Text
    lon: float
    lat: float
    peer_group: str


@cache
def districts() -> tuple[District, ...]:
    """The 42 districts by code, with the position of their city and their peer group."""
    return tuple(
        District(c.code, c.text, float(c.more["lon"]), float(c.more["lat"]), c.more["peer_group"])
        for c in codes("districts").values()
    )
