"""Admitting a person to the office: one identity, one post, noted in the ledger."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.moving.verbs import note
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Appointment, Person, Unit
from guanjian.org.posts import Post


@transaction.atomic
def admit(username: str, name_zh: str, post: str, unit_code: str, password: str, *, by: Actor = SYSTEM) -> Person:
    """Create the person with a post in a unit from today; `BadInput` says which of the four is wrong."""
    unit = Unit.objects.filter(pk=unit_code).first()
    if unit is None:
        raise BadInput(f"没有代码为 {unit_code} 的单位。", f"There is no unit with code {unit_code}.")
    if post not in list(Post):
        known = ", ".join(Post)
        raise BadInput(f"没有岗位 {post}；可用：{known}。", f"There is no post {post}; known: {known}.")
    if Person.objects.filter(username=username).exists():
        raise BadInput(f"用户 {username} 已存在。", f"User {username} exists already.")
    person = Person(username=username, name_zh=name_zh)
    _set_password(person, password)
    person.save()
    appoint(person, Post(post), unit, by=by)
    return person


@transaction.atomic
def appoint(person: Person, post: Post, unit: Unit, *, by: Actor = SYSTEM) -> Appointment:
    """Give a person a post; an administrator holds that post alone (domain: three administrators)."""
    held = list(person.appointments.filter(until=None))
    if held and (post.administers or any(Post(one.post).administers for one in held)):
        raise BadInput("管理员岗位与其他岗位互斥。", "An administrator's post excludes every other post.")
    appointment = Appointment.objects.create(person=person, post=post, unit=unit, since=timezone.localdate())
    note("person.appointed", f"person/{person.username}", by, {"post": str(post), "unit": unit.code})
    return appointment


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise BadInput(
            "密码不合要求：" + " ".join(refused.messages), "The password is refused: " + " ".join(refused.messages)
        ) from None
    person.set_password(password)
