"""One small tree of errors, each worded for the person who must act; turned into HTTP or exit codes in one place."""

from __future__ import annotations

from guanjian.kernel.words import Text


class GuanjianError(Exception):
    """Anything that a person can be told in one sentence. `status` is the HTTP code, `exit_code` the shell's."""

    status = 500
    exit_code = 1

    def __init__(self, zh: str | Text, en: str | None = None) -> None:
        self.text = zh if isinstance(zh, Text) else Text(zh, en or zh)
        super().__init__(self.text.zh)

    def __str__(self) -> str:
        return str(self.text)


class BadInput(GuanjianError):
    """What was given cannot be used; the sentence says what is wrong and what to do."""

    status = 400
    exit_code = 2


class Unreadable(BadInput):
    """It would be closed for nobody: a content that no one could ever open is not written."""


class NotAllowed(GuanjianError):
    """The step is refused: wrong post, territory, person, state or facts."""

    status = 403
    exit_code = 3


class Locked(NotAllowed):
    """The content is closed and this person's key is not open in this session: a password opens it."""


class NotFound(GuanjianError):
    """There is no such thing, or not for this person: the two are never told apart."""

    status = 404
    exit_code = 4


class Stale(GuanjianError):
    """Somebody else moved it first."""

    status = 409
    exit_code = 5


class BrokenLedger(GuanjianError):
    """The record and what was sealed do not agree."""

    exit_code = 6


class NoOffice(GuanjianError):
    """The office's database does not answer, or is not that of this version."""

    status = 503
    exit_code = 7
