"""What happened on site, as the devices' items tell it: who came and left when, photos, clips, tracks, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from guanjian.loops.fieldwork.chain import Item, Kept, bound, read
from guanjian.loops.fieldwork.needs import RECORD

ASIDE = "set_aside"


@dataclass(frozen=True)
class Deed:
    """One thing done on site: what the device says, whose device it was, and when the server received it."""

    item: Item
    officer: str
    received_at: datetime

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude of a check-in or check-out."""
        return float(self.item.facts["lon"]), float(self.item.facts["lat"])


@dataclass(frozen=True)
class Site:
    """Everything that the items of one job tell; what was set aside has no effect."""

    items: Sequence[Kept]

    @cached_property
    def deeds(self) -> list[Deed]:
        """What was done, in the order in which it arrived."""
        signed = [kept for kept in self.items if "item" in kept and kept["step"] != ASIDE]
        return [Deed(read(kept["item"]), kept["by"], datetime.fromisoformat(kept["received_at"])) for kept in signed]

    def done(self, deed: str, officer: str = "") -> list[Deed]:
        """The deeds of one kind, of one officer where one is named."""
        return [one for one in self.deeds if one.item.deed == deed and officer in ("", one.officer)]

    def owner(self, item: Item) -> str:
        """The officer onto whose device the job was taken."""
        kept = bound(self.items, item.device)
        return kept["by"] if kept else ""

    def came(self, officer: str) -> datetime | None:
        """When this officer checked in, by the device."""
        return next((one.item.at for one in self.done("check_in", officer)), None)

    def left(self, officer: str) -> datetime | None:
        """When this officer checked out, by the device."""
        return next((one.item.at for one in self.done("check_out", officer)), None)

    @property
    def together_since(self) -> datetime | None:
        """From when on two officers were there."""
        came = [one.item.at for one in self.done("check_in")]
        return max(came) if len(came) > 1 else None

    @property
    def together_until(self) -> datetime | None:
        """When the first of the two left."""
        return min((one.item.at for one in self.done("check_out")), default=None)

    @property
    def photos(self) -> list[Deed]:
        """Every photo named by a device."""
        return self.done("photo")

    @property
    def hashes(self) -> list[str]:
        """The hashes of the photos and clips, each once, in order."""
        return list(dict.fromkeys(one.item.facts["hash"] for one in self.deeds if one.item.deed in ("photo", "clip")))

    @property
    def files(self) -> list[str]:
        """The hashes of what the devices have to deliver: photos and tracks."""
        return list(dict.fromkeys(one.item.facts["hash"] for one in self.deeds if one.item.deed in ("photo", "track")))

    @cached_property
    def record(self) -> dict[str, Any]:
        """The fields of the newest record; empty before there is one."""
        written = self.done("record")
        return fields_of(written[-1].item) if written else {}


def fields_of(item: Item) -> dict[str, Any]:
    """The record's fields, each read into its kind; `BadInput` names the one that is wrong."""
    return {need.name: need.read(item.facts.get(need.name)) for need in RECORD}
