"""Builtin tags: both languages side by side, money, Beijing time, time left, level, lamp, person, unit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guanjian.kernel.papers import Level
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.pages import names

register = template.Library()
LAMPS = {
    "green": Text("时限正常", "In time"),
    "yellow": Text("即将到期", "Due soon"),
    "red": Text("已逾期", "Overdue"),
    "none": Text("无时限", "No limit"),
}
LEFT, OVER = Text("剩{span}", "{span} left"), Text("逾期{span}", "{span} overdue")
DAYS, HOURS, MINUTES = Text("{n}天", "{n} d"), Text("{n}小时", "{n} h"), Text("{n}分钟", "{n} min")
BARS = mark_safe('<i class="bars" aria-hidden="true"><b></b><b></b><b></b><b></b></i>')


@register.simple_tag
def say(zh: str, en: str) -> str:
    """One thing in the language being spoken: `{% say "返回" "Back" %}`."""
    return str(Text(zh, en))


@register.filter
def money(value: object) -> str:
    """An amount in CNY with thousands; what is no amount is shown as it is."""
    if value in (None, ""):
        return "—"
    try:
        return f"¥{Decimal(str(value)):,.2f}"
    except InvalidOperation:
        return str(value)


@register.filter
def when(value: object) -> str:
    """A moment in Beijing time, or a day."""
    if isinstance(value, str) and value:
        value = _moment(value)
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value or "—")


def _moment(text: str) -> datetime | date | str:
    for kind in (date, datetime):
        try:
            found = kind.fromisoformat(text)
        except ValueError:
            continue
        return timezone.make_aware(found) if isinstance(found, datetime) and found.tzinfo is None else found
    return text


def span(seconds: float) -> Text:
    """How long, in the largest unit that says enough: days from two days on, then hours, then minutes."""
    if seconds >= 2 * 86400:
        return DAYS.filled(n=int(seconds // 86400))
    if seconds >= 3600:
        return HOURS.filled(n=int(seconds // 3600))
    return MINUTES.filled(n=max(1, int(seconds // 60)))


@register.filter
def time_left(ends: datetime | None) -> str:
    """How long until the limit, or how long overdue."""
    if ends is None:
        return "—"
    left = (ends - timezone.now()).total_seconds()
    return str((LEFT if left > 0 else OVER).filled(span=span(abs(left))))


@register.filter
def level(value: str) -> SafeString:
    """The warning level as a chip: its name and one to four bars, so that colour is not needed to read it."""
    try:
        label = Level(value).label
    except ValueError:
        return format_html('<span class="level">{}</span>', value)
    return format_html('<span class="level level-{}">{}{}</span>', value, BARS, label)


@register.filter
def lamp(record) -> SafeString:
    """The lamp of the present wait: a shape for each state, and how long is left."""
    if record.due_at is None:
        return mark_safe('<span class="lamp lamp-none">—</span>')
    light = record.lamp()
    return format_html(
        '<span class="lamp lamp-{}" title="{}"><i aria-hidden="true"></i><span class="unseen">{} </span>{}</span>',
        light, when(record.due_at), LAMPS[light], time_left(record.due_at),
    )  # fmt: skip


@register.filter
def person(username: str) -> str:
    """The name of a person; the view reads all the names of a page in one query."""
    return str(names.person(username)) if username else "—"


@register.filter
def unit(code: str) -> str:
    """The name of a unit."""
    return str(names.unit(code)) if code else "—"
