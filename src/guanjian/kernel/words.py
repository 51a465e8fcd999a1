"""What is shown is written once, Chinese and English side by side; what is stored is English."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="zh")


def current_language() -> str:
    """The language that `str(Text)` answers in, in this thread or task: "zh" or "en"."""
    return _language.get()


@contextmanager
def speaking(language: str):
    """Within the block, every `Text` reads in this language; anything but "en…" is Chinese."""
    token = _language.set("en" if language.lower().startswith("en") else "zh")
    try:
        yield
    finally:
        _language.reset(token)


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages; `str()` gives the one being spoken."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if current_language() == "en" else self.zh

    def filled(self, **values: object) -> Text:
        """Both languages with `{name}` replaced; a value that is a `Text` is put in in each language."""
        return Text(
            self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )


def figure(value: float) -> str:
    """A number for people: four digits that count, and no power of ten where an amount is meant."""
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


class Names(StrEnum):
    """A closed list of stored values with what is shown for each: `SENT = "sent", "待接收", "To be received"`."""

    label: Text

    def __new__(cls, value: str, zh: str, en: str) -> Names:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(zh, en)
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, Text]]:
        """Pairs (stored value, shown text) for a form."""
        return [(member.value, member.label) for member in cls]
