"""By mail a person learns that there is something to read, and the number of the matter: no title, no name, no text."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.tasks import task
from django.utils import timezone

from guanjian.kernel.words import Text, speaking
from guanjian.org.models import Person
from guanjian.org.posts import Label
from guanjian.teamwork.models import Notice, Told
from guanjian.teamwork.seen import elsewhere, read

SUBJECT = Text("关鉴：{kind}", "Guanjian: {kind}")
BODY = Text(
    "{kind}（{key}）。\n请登录关鉴，在“消息”中查看。为保密，邮件不含事项内容。\n不想再收到：在“消息”的“通知方式”中更改。",
    "{kind} ({key}).\nSign in to Guanjian and look under Messages. For secrecy a mail holds nothing of the matter itself.\n"
    "To stop these mails, change it under Messages, Ways of telling.",
)


def is_set_up() -> bool:
    """True where a mail server is named."""
    return bool(settings.GUANJIAN_MAIL)


@task
def send(notice_id: int) -> bool:
    """Send one notice, if the person may still see the record and it was not sent or read already."""
    row = Notice.objects.filter(pk=notice_id, mailed_at=None, read_at=None).first()
    person = Person.objects.filter(username=row.person_id, is_active=True).first() if row else None
    if person is None or not person.email:
        return False
    place = (row.loop, row.number)
    record = read([place], person.actor()).get(place)
    if record.label == Label.INTEGRITY if record else place not in elsewhere([place], person.actor()):
        return False
    with speaking(person.language):
        said = {"kind": Told(row.kind).label, "key": f"{row.loop}/{row.number}"}
        send_mail(str(SUBJECT.filled(**said)), str(BODY.filled(**said)), settings.GUANJIAN_MAIL_FROM, [person.email])
    Notice.objects.filter(pk=row.pk).update(mailed_at=timezone.now())
    return True
