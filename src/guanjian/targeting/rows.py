"""Declarations as columns: what was declared, when, and, where somebody looked, what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from guanjian.targeting.keys import hashed

TEXT = (
    "entry_id",
    "unit_code",
    "consignee_id",
    "agent_id",
    "overseas_party",
    "hs_code",
    "origin_country",
    "departure_country",
    "trade_mode",
    "duty_nature",
    "transport_mode",
)
NUMBERS = ("value_cny", "net_kg", "quantity", "tax_rate", "tax_cny")
HS_WIDTHS = (4, 6, 8, 10)
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Rows:
    """`found` is 1, 0 or NaN (nobody looked); `known` is when the result was known: before it, it does not exist."""

    text: dict[str, np.ndarray]
    number: dict[str, np.ndarray]
    at: np.ndarray
    found: np.ndarray
    evaded: np.ndarray
    known: np.ndarray
    key: dict[str, np.ndarray]

    @classmethod
    def of(cls, text: Mapping[str, np.ndarray], number: Mapping[str, np.ndarray], at: np.ndarray, **result) -> Rows:
        """Rows with every column that the features know; what the source has not is empty."""
        size = len(at)
        texts = {name: text.get(name, np.full(size, "", object)) for name in {*TEXT, *text}}
        numbers = {name: number.get(name, np.full(size, np.nan)) for name in {*NUMBERS, *number}}
        blank = np.full(size, np.nan)
        keys = {name: hashed(values) for name, values in texts.items() if name != "entry_id"}
        keys |= {name: hashed(_plain(values)) for name, values in numbers.items()}
        for width in HS_WIDTHS:
            keys[f"hs{width}"] = hashed(_prefix(texts["hs_code"], width))
        known = result.get("known")
        return cls(
            texts,
            numbers,
            at.astype(np.int64),
            result.get("found", blank),
            result.get("evaded", blank),
            at.astype(np.int64) if known is None else known,
            keys,
        )

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """Several tables as one, in the order given; they must have the same columns."""
        whole = {}
        for name in ("text", "number", "key"):
            columns = getattr(parts[0], name)
            whole[name] = {one: np.concatenate([getattr(part, name)[one] for part in parts]) for one in columns}
        for name in ("at", "found", "evaded", "known"):
            whole[name] = np.concatenate([getattr(part, name) for part in parts])
        return cls(**whole)

    def __len__(self) -> int:
        return len(self.at)

    @property
    def examined(self) -> np.ndarray:
        """True where somebody looked and the result is here."""
        return ~np.isnan(self.found)

    @property
    def duty(self) -> np.ndarray:
        """The duty and tax at stake: as declared, else value times rate, else the value itself."""
        by_rate = self.number["value_cny"] * self.number["tax_rate"] / 100
        declared = np.where(np.isnan(self.number["tax_cny"]), by_rate, self.number["tax_cny"])
        return np.nan_to_num(np.where(np.isnan(declared), self.number["value_cny"], declared))

    def take(self, which: np.ndarray) -> Rows:
        """These rows only (a mask or positions)."""
        return Rows(
            {name: values[which] for name, values in self.text.items()},
            {name: values[which] for name, values in self.number.items()},
            self.at[which],
            self.found[which],
            self.evaded[which],
            self.known[which],
            {name: values[which] for name, values in self.key.items()},
        )

    def with_results(self, found: np.ndarray, evaded: np.ndarray | None = None) -> Rows:
        """The same rows with other results: no amount where nobody looked."""
        evaded = np.where(np.isnan(found), np.nan, self.evaded if evaded is None else evaded)
        return replace(self, found=found, evaded=evaded)


def _prefix(codes: np.ndarray, width: int) -> np.ndarray:
    """The first digits of the commodity code; a shorter code stands for itself."""
    return np.array([code[:width] for code in codes.tolist()], object)


def _plain(values: np.ndarray) -> np.ndarray:
    """Numbers as text, so that an exact amount can be part of a key."""
    return np.where(np.isnan(values), "", np.char.mod("%.6g", values)).astype(object)
