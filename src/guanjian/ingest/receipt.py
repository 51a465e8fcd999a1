"""What an import did, as one value that adds up: read = accepted + quarantined + duplicates, for every table."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows of one table in one import. Revisions are among the accepted."""

    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    duplicates: int = 0
    revisions: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(mine + theirs for mine, theirs in zip(self.parts(), other.parts(), strict=True)))

    def parts(self) -> tuple[int, int, int, int, int]:
        """The five numbers in the order of the fields."""
        return self.read, self.accepted, self.quarantined, self.duplicates, self.revisions

    @property
    def adds_up(self) -> bool:
        """True unless a row was lost or counted twice."""
        return self.read == self.accepted + self.quarantined + self.duplicates


@dataclass(frozen=True, slots=True)
class Receipt:
    """One import. `known`: everything in it had been imported before, and nothing was added."""

    batch: str
    hash: str
    tables: dict[str, Counts]
    started_at: str
    ended_at: str
    known: bool = False
    source: list[str] = field(default_factory=list)
    unknown_codes: dict[str, dict[str, int]] = field(default_factory=dict)
    set_aside: list[dict[str, str | int]] = field(default_factory=list)
    ignored_columns: dict[str, list[str]] = field(default_factory=dict)
    skipped_files: list[str] = field(default_factory=list)

    @property
    def total(self) -> Counts:
        """All tables together."""
        return sum(self.tables.values(), Counts())

    def as_dict(self) -> dict:
        """The receipt as JSON has it."""
        return asdict(self)
