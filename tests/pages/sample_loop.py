"""A small loop that has one of everything: every kind of need, a grave step, other hands, a rule, a level."""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.urls import include, path
from django.utils import timezone

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from guanjian.pages.desk import DESKS, Column, Desk, Row, Section
from guanjian.pages.urls import urls_for
from guanjian.urls import *  # noqa: F403
from guanjian.urls import urlpatterns as console
from tests import cast


class S(Names):
    NEW = "new", "待签收", "To be signed for"
    DOING = "doing", "核查中", "Being verified"
    REVIEW = "review", "待复核", "To be reviewed"
    DONE = "done", "办结", "Closed"


class Cause(Names):
    ENTRY = "entry", "录入差错", "Entry error"
    PRICE = "price", "价格瞒报", "Undervaluation"


NEEDS = (
    Need("finding", Text("核查情况", "What was found"), "text", min_length=5),
    Need("cause", Text("原因", "Cause"), "choice", Cause),
    Need("papers", Text("证据", "Evidence"), "many"),
    Need("amount_cny", Text("涉及金额", "Amount"), "money", required=False),
    Need("seen_on", Text("核查日期", "Date"), "date", required=False),
    Need("pieces", Text("件数", "Pieces"), "number", required=False),
    Need("place", Text("地点", "Place"), "line", required=False),
    Need("measures", Text("措施", "Measures"), "many", Cause, required=False),
    Need("two", Text("两人在场", "Two were present"), "yes"),
)
FLOW = Flow(
    "sample",
    Text("样例事项", "Samples"),
    S.NEW,
    (S.DONE,),
    steps=(
        Step("sign", Text("签收", "Sign for"), (S.NEW,), S.DOING, by=(Post.FRONTLINE,), weight="main"),
        Step("verify", Text("核查", "Verify"), (S.DOING,), S.REVIEW, by=(Post.FRONTLINE,), needs=NEEDS, weight="main"),
        Step(
            "close",
            Text("复核办结", "Review and close"),
            (S.REVIEW,),
            S.DONE,
            by=(Post.FRONTLINE, Post.SECTION_CHIEF),
            apart_from=("verify",),
            weight="grave",
        ),
        Step("pass_on", Text("退回", "Return"), (S.REVIEW,), S.NEW, by=(Post.SECTION_CHIEF,)),
        Step("withdraw", Text("撤销", "Withdraw"), (S.DOING,), S.DONE, by=(Post.SECTION_CHIEF,), weight="grave"),
    ),
    waits=(Wait(S.NEW, Limit(2, "h")), Wait(S.DOING, Limit(3, "cd")), Wait(S.REVIEW, Limit(2, "cd"))),
    readers=(Post.LEADER, Post.OVERSIGHT, Post.FUNCTION),
    opens=(Post.SECTION_CHIEF,),
    opening=(Need("title", Text("事项", "Matter")), Need("subject_id", Text("对象", "Subject"))),
)


class Sample(Record):
    """One sample; the fixture of these tests makes its table."""

    FLOW = FLOW
    amount_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta(Record.Meta):
        app_label = "pages"


del apps.all_models["pages"]["sample"]  # nobody else shall look for its table
apps.clear_cache()

DESK = Desk(
    Sample,
    Text("签收、核查、复核，直到办结。", "Signed for, verified, reviewed, until it is closed."),
    columns=(
        Column(Text("金额", "Amount"), "amount_cny", "money"),
        Column(Text("登记人", "Opened by"), "author_id", "person"),
    ),
    sections=(
        Section(
            Text("基本情况", "What is known"),
            lambda record, _actor: [
                Row(Text("对象", "Subject"), record, "subject"),
                Row(Text("金额", "Amount"), record.amount_cny, "money"),
                Row(Text("证据", "Evidence"), ["报关单 220120261000000001", "过磅单 7"], "list"),
            ],
        ),
    ),
    why=lambda record: Text("单价低于同行九成", "Nine tenths below its peers") if record.level == Level.RED else None,
    related=lambda record, _actor: list(Sample.objects.filter(origin=record.key)),
)

app_name = "sample"
urlpatterns = [*console, path("sample/", include((urls_for(DESK), "sample")))]


def seated(monkeypatch) -> None:
    """Have the sample's desk stand beside (here: instead of) the others for one test."""
    monkeypatch.setitem(DESKS, "sample", DESK)


def opened(unit: str = "2201-01", title: str = "进口冷冻带鱼申报价格偏低", level: str = Level.RED, **fields) -> Sample:
    """A sample that begins in this unit, an hour ago."""
    fields = {"subject_type": "enterprise", "subject_id": "3122960XXX", "amount_cny": "1234567.80", **fields}
    at = fields.pop("at", timezone.now() - timedelta(hours=1))
    return start(Sample, cast.actor("risk"), Unit.objects.get(pk=unit), at=at, title=title, level=str(level), **fields)
