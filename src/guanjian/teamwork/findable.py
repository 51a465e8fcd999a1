"""What of comments and files may be found by its words? All of it but what is sealed, by whoever may see the record."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from guanjian.kernel.segments import LONGEST
from guanjian.teamwork.models import Attachment, Comment
from guanjian.teamwork.seen import Place, by_loop


def texts(places: Collection[Place]) -> dict[Place, list[str]]:
    """The comments and the names of the files of these records, the newest first, as much as the index of one takes."""
    wanted = Q(pk__in=[])
    for loop, numbers in by_loop(places).items():
        wanted |= Q(loop=loop, number__in=numbers)
    written = Comment.objects.filter(wanted).exclude(text="").annotate(said=F("text"))
    named = Attachment.objects.filter(wanted).annotate(said=Cast("name", TextField()))
    columns = "loop", "number", "at", "said"
    found: dict[Place, list[str]] = {}
    room: dict[Place, int] = {}
    for loop, number, _, said in (
        written.values_list(*columns).union(named.values_list(*columns), all=True).order_by("-at")
    ):
        left = room[loop, number] = room.get((loop, number), LONGEST) - len(said)
        if left >= 0:
            found.setdefault((loop, number), []).append(said)
    return found
