"""Which certificate does a post need on a day, and who holds it? Decided by courses, kept here, asked before every step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guanjian.kernel.words import Text
from guanjian.org import calendar
from guanjian.org.models import Certificate, Parameter
from guanjian.org.posts import Post

HEADQUARTERS = "0000"
MISSING = Text(
    "“{post}”岗位须持有“{course}”合格证书（海关法第七十三条）：{why}。请先在“教育培训”中参加学习和考试，合格后再办理。",
    "The post “{post}” needs the certificate “{course}” (Customs Law art. 73): {why}. Take the training and pass first.",
)
NEVER = Text("本人尚未取得", "you have not passed it")
FAILED = Text("本人{day}考核不合格", "you failed it on {day}")
EXPIRED = Text("本人证书已于{day}到期", "yours expired on {day}")


def parameter_of(post: str, district_code: str) -> str:
    """The dated parameter that says which courses a post needs in a district, or (0000) everywhere."""
    return f"{calendar.CERTIFICATES}{post}.{district_code}"


def needed(post: str, district_code: str, day: date) -> tuple[str, ...]:
    """The courses whose certificate this post needs on this day: what headquarters demands and what the district does."""
    places = dict.fromkeys((HEADQUARTERS, district_code))
    return tuple(
        dict.fromkeys(
            course for place in places for course in calendar.courses_in_force(parameter_of(post, place), day)
        )
    )


def demand(course: str, posts: Iterable[str], district_code: str, since: date, source: str) -> None:
    """From this day on exactly these posts need the course in this district: what was demanded before of others ends."""
    wanted = set(posts)
    for post in Post:
        code = parameter_of(post, district_code)
        before = calendar.courses_in_force(code, since)
        after = [one for one in before if one != course] + ([course] if post in wanted else [])
        if list(before) != after:
            changed = {"value": {"courses": after}, "source": source}
            Parameter.objects.update_or_create(code=code, since=since, defaults=changed)
    calendar.changed()


def keep(person_id: str, course: str, on: date, until: date | None, source: str) -> None:
    """What an assessment showed: passed until a day, or failed; written once for each source."""
    kept = {"passed": until is not None, "on": on, "until": until}
    Certificate.objects.get_or_create(person_id=person_id, course=course, source=source, defaults=kept)


def newest(person_id: str, course: str) -> Certificate | None:
    """The newest assessment of this person: it alone counts, an older certificate does not outlive a failure."""
    return Certificate.objects.filter(person_id=person_id, course=course).order_by("-on", "-pk").first()


def why_not_certified(person_id: str, post: str, district_code: str, day: date) -> Text | None:
    """What this person lacks for this post on this day, with what to do about it; None where nothing is missing."""
    for course in needed(post, district_code, day):
        if why := _lacks(newest(person_id, course), day):
            return MISSING.filled(post=Post(post).label, course=course, why=why)
    return None


def _lacks(held: Certificate | None, day: date) -> Text | None:
    if held is None:
        return NEVER
    if not held.passed:
        return FAILED.filled(day=held.on)
    return EXPIRED.filled(day=held.until) if held.until is not None and held.until < day else None
