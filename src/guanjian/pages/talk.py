"""What stands beside a record of any loop: comments, files, and whom to ask; the same for every loop."""

from __future__ import annotations

from dataclasses import dataclass

from guanjian.kernel.errors import GuanjianError
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.posts import Label
from guanjian.pages import names
from guanjian.teamwork.assigning import assigned_to, may_assign
from guanjian.teamwork.attachments import attached
from guanjian.teamwork.comments import Said, said
from guanjian.teamwork.models import Attachment
from guanjian.teamwork.near import near


@dataclass(frozen=True)
class Written:
    """What somebody wrote and was refused, with the sentence that says why."""

    problem: GuanjianError
    text: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """The comments and files, whom one may ask, and what was refused just now."""

    said: list[Said]
    files: list[Attachment]
    near: list[tuple[str, Text, bool]]
    takes_files: bool
    written: Written | None
    assigned_to: str
    may_assign: bool

    @property
    def is_empty(self) -> bool:
        """True while nothing was written and nothing attached."""
        return not self.said and not self.files


def talk(record: Record, actor: Actor, written: Written | None = None) -> Talk:
    """Read for somebody who sees the record; all names in one query."""
    lines, files = said(record, actor), attached(record)
    people = near(record, [line.author_id for line in lines], actor.person_id)
    person = assigned_to(record)
    names.read_people([person, *people, *(line.author_id for line in lines), *(file.author_id for file in files)])
    asked = written.asked if written else ()
    chosen = [(one, names.person(one), one in asked) for one in people]
    takes_files = record.label != Label.INTEGRITY
    return Talk(lines, files, chosen, takes_files, written, person, may_assign(record, actor))
