"""Comments, attachments and messages about a record of any loop. No title of a record lies here, and no text of a sealed one."""

from django.db import models

from guanjian.kernel.words import Names


class Told(Names):
    """Of what a person is told."""

    MENTION = "mention", "有人在批注中提到我", "Somebody mentions me in a comment"
    COMMENT = "comment", "我参与的事项有新批注或附件", "A comment or an attachment where I took part"
    MOVED = "moved", "我办理过的事项有进展", "A matter in which I took a step moves on"
    ASSIGNED = "assigned", "事项分派给我", "A matter is assigned to me"
    STOPPED = "stopped", "向其他系统的通知已停发", "Another system is told no more"


class How(Names):
    """How a person is told."""

    NOT = "not", "不通知", "Not at all"
    HERE = "here", "系统内", "In this system"
    MAIL = "mail", "系统内和邮件", "Here and by e-mail"


class Beside(models.Model):
    """What every row says: beside which record it stands, by whom, when."""

    loop = models.CharField(max_length=24)
    number = models.BigIntegerField()
    author_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["loop", "number", "id"], name="%(class)s_of_a_record")]


class Comment(Beside):
    """One comment. Of a sealed record `text` is empty and `boxes` holds it closed, by key pair, for each of its list then."""

    text = models.TextField(default="", blank=True)
    boxes = models.JSONField(default=dict, blank=True)

    class Meta(Beside.Meta):
        abstract = False


class Attachment(Beside):
    """One file: its name as it was given, its kind as its content shows, and the hash under which it is kept."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta(Beside.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["loop", "number", "digest"], name="a_file_once_to_a_record")]


class Notice(Beside):
    """One message to one person. What it is about is read from the record itself, if he may see it then."""

    person_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta(Beside.Meta):
        abstract = False
        indexes = [models.Index(fields=["person_id", "read_at", "-id"], name="notice_of_a_person")]


class Assignment(Beside):
    """Who is to do what a record waits for now; it ends with the state that it was made in. Rights are not changed by it."""

    person_id = models.CharField(max_length=40)
    state = models.CharField(max_length=24)
    ended_at = models.DateTimeField(null=True)

    class Meta(Beside.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["person_id", "loop", "number"], condition=models.Q(ended_at=None), name="assigned_now")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["loop", "number"], condition=models.Q(ended_at=None), name="one_assignment_at_a_time"
            )
        ]


class Choice(models.Model):
    """How one person wants to be told of each kind; what is not here is told in the system."""

    person_id = models.CharField(max_length=40, primary_key=True)
    how = models.JSONField(default=dict)
