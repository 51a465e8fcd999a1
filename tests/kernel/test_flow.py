"""A step table: what a step asks, what bars it, what it fixes, who is heard, when a wait ends."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.kernel.flow import Flow, Step, Wait, graded
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Calendar, Limit


class P(Names):
    WRITER = "writer", "起草人", "Writer"
    READER = "reader", "复核人", "Reviewer"


class S(Names):
    DRAFT = "draft", "起草", "Draft"
    SENT = "sent", "待复核", "Sent"
    DONE = "done", "办结", "Done"


class Colour(Names):
    RED = "red", "红", "Red"
    BLUE = "blue", "蓝", "Blue"


def too_short(record, facts):
    return Text("太短。", "Too short.") if len(facts["text"]) < 3 else None


def frozen(record):
    return Text("已冻结。", "Frozen.") if record.frozen else None


SEND = Step("send", Text("发送", "Send"), (S.DRAFT,), S.SENT, by=(P.WRITER,), needs=(Need("text", Text("内容", "Text")),),
            rule=too_short, sets={"verdict": "open"})  # fmt: skip
CHECK = Step("check", Text("复核", "Check"), (S.SENT,), S.DONE, by=(P.READER,), apart_from=("send",), bar=frozen)
SPEAK = Step("speak", Text("说明", "Speak"), (S.SENT,), S.SENT, by=(P.READER,), heard=True)
FLOW = Flow(
    "letter",
    Text("信", "Letter"),
    S.DRAFT,
    (S.DONE,),
    steps=(SEND, CHECK, SPEAK),
    waits=(
        Wait(S.DRAFT, graded("limit.letter.draft", "test", red=(2, "h"), blue=(1, "wd"))),
        Wait(S.SENT, Limit(10, "cd"), until="promised_on"),
    ),
)


@dataclass
class Letter:
    state: str = "draft"
    level: str = "blue"
    frozen: bool = False
    promised_on: date | None = None
    concerned: str = ""
    officers: tuple[str, ...] = ()
    post: str = ""
    asker_unit_code: str = ""
    asker_house_code: str = ""
    asker_district_code: str = ""
    label: str = "limited"
    compartment: str = ""
    hands: dict = field(default_factory=dict)
    flow = FLOW

    def concerns(self):
        return {self.concerned}


@dataclass
class Someone:
    person_id: str
    post: str
    absent: str = field(default="", kw_only=True)

    def covers(self, post, record, above=False):
        return post == self.post

    def acting_for(self, posts, record, above=False, own=False):
        return self.absent if self.post in posts else ""


WRITER, READER = Someone("w", "writer"), Someone("r", "reader")


def test_the_right_person_in_the_right_state_may():
    assert SEND.why_not(WRITER, Letter()) is None
    assert FLOW.next_steps(READER, Letter(state="sent")) == [CHECK, SPEAK]


def test_a_refusal_says_why_in_both_languages():
    assert SEND.why_not(READER, Letter()) == Text(
        "“发送”由本辖区的起草人办理。", "“Send” is for Writer of this territory."
    )
    assert SEND.why_not(WRITER, Letter(state="sent")).en == "“Send” cannot be taken in state “Sent”."
    assert "发送" in CHECK.why_not(READER, Letter(state="sent", hands={"send": "r"})).zh
    assert CHECK.why_not(READER, Letter(state="sent", frozen=True)) == Text("已冻结。", "Frozen.")


def test_who_stands_in_for_another_is_bound_by_what_binds_him_and_by_what_was_done_in_his_place():
    deputy, sent = Someone("d", "reader", absent="r"), {"state": "sent"}
    assert CHECK.why_not(deputy, Letter(**sent)) is None
    assert CHECK.why_not(deputy, Letter(**sent, hands={"send": "r"})) is not None
    assert CHECK.why_not(deputy, Letter(**sent, hands={"send": "d"})) is not None
    assert CHECK.why_not(READER, Letter(**sent, hands={"send": "d", "send.for": "r"})) is not None
    assert CHECK.why_not(READER, Letter(**sent, hands={"send": "d", "send.for": "w"})) is None
    assert CHECK.why_not(deputy, Letter(**sent, concerned="r")) is not None
    assert SPEAK.why_not(Someone("d", "nothing", absent="r"), Letter(**sent, concerned="r")) is not None


def test_the_person_concerned_takes_no_step_but_his_own_word():
    letter = Letter(state="sent", concerned="r")
    assert CHECK.why_not(READER, letter) is not None
    assert SPEAK.why_not(READER, letter) is None
    assert SPEAK.why_not(Someone("r", "nothing"), letter) is None
    assert SPEAK.why_not(Someone("other", "nothing"), letter) is not None


def test_only_who_is_named_takes_a_step_for_the_named():
    only_two = replace(CHECK, named="officers")
    assert only_two.why_not(READER, Letter(state="sent", officers=("r", "x"))) is None
    assert "指定" in only_two.why_not(READER, Letter(state="sent", officers=("x",))).zh
    assert "本辖区" in only_two.why_not(WRITER, Letter(state="sent", officers=("w",))).zh


def test_of_its_posts_only_the_one_that_the_record_names():
    named = replace(CHECK, by=(P.WRITER, P.READER), whose="post")
    assert named.why_not(READER, Letter(state="sent", post="reader")) is None
    refusal = named.why_not(WRITER, Letter(state="sent", post="reader"))
    assert "复核人" in refusal.zh
    assert "起草人" not in refusal.zh


def test_the_side_that_asked_is_another_territory_than_the_records_own():
    @dataclass
    class Settled(Someone):
        unit: str = ""

        def covers(self, post, record, above=False):
            return post == self.post and getattr(record, "unit_code", self.unit) == self.unit

    asked = replace(CHECK, side="asker")
    letter = Letter(state="sent", asker_unit_code="2200")
    assert asked.why_not(Settled("r", "reader", "2200"), letter) is None
    assert "下达一方" in asked.why_not(Settled("r", "reader", "2201"), letter).zh


def test_whoever_has_a_part_in_it_is_kept_from_it():
    apart = replace(CHECK, kept_from="officers")
    assert apart.why_not(READER, Letter(state="sent", officers=("x",))) is None
    assert "未参与" in apart.why_not(READER, Letter(state="sent", officers=("r", "x"))).zh


def test_facts_are_read_ruled_and_completed():
    assert SEND.checked(Letter(), {"text": " 一二三 ", "extra": 1}) == {"text": "一二三", "verdict": "open"}
    with pytest.raises(NotAllowed, match="太短"):
        SEND.checked(Letter(), {"text": "一"})
    with pytest.raises(BadInput, match="请填写“内容”"):
        SEND.checked(Letter(), {})


def test_an_unknown_step_is_refused():
    with pytest.raises(NotAllowed):
        FLOW.step("burn")


def test_a_wait_ends_by_level_and_by_the_records_own_date():
    start = datetime(2026, 11, 20, 9, tzinfo=CHINA)  # a Friday
    same = lambda limit: limit  # noqa: E731
    assert FLOW.due(Letter(level="red"), start, Calendar(), same) == datetime(2026, 11, 20, 11, tzinfo=CHINA)
    assert FLOW.due(Letter(level="blue"), start, Calendar(), same) == datetime(2026, 11, 24, tzinfo=CHINA)
    sent = Letter(state="sent")
    assert FLOW.due(sent, start, Calendar(), same) == datetime(2026, 12, 1, tzinfo=CHINA)
    sent.promised_on = date(2026, 11, 25)
    assert FLOW.due(sent, start, Calendar(), same) == datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert FLOW.due(Letter(state="done"), start, Calendar(), same) is None


def test_a_parameter_replaces_a_limit():
    start = datetime(2026, 11, 20, 9, tzinfo=CHINA)
    asked = []

    def longer(limit):
        asked.append(limit.code)
        return Limit(5, "h")

    assert FLOW.due(Letter(level="red"), start, Calendar(), longer) == datetime(2026, 11, 20, 14, tzinfo=CHINA)
    assert asked == ["limit.letter.draft.red"]


def test_an_unknown_level_gets_the_shortest_limit():
    assert FLOW.waits[0].limit_at("purple") == Limit(2, "h", "test", "limit.letter.draft.red")


def test_the_drawing_names_every_step():
    drawn = FLOW.mermaid()
    assert "draft --> sent : 发送" in drawn
    assert drawn.endswith("done --> [*]")


@pytest.mark.parametrize(
    ("need", "raw", "kept"),
    [
        (Need("n", Text("n", "n"), "many"), "甲\n\n 乙 ", ["甲", "乙"]),
        (Need("n", Text("n", "n"), "many", Colour), ["red", "blue"], ["red", "blue"]),
        (Need("n", Text("n", "n"), "choice", Colour), "red", "red"),
        (Need("n", Text("n", "n"), "money"), "1,234.5", "1234.50"),
        (Need("n", Text("n", "n"), "date"), "2026-11-21", "2026-11-21"),
        (Need("n", Text("n", "n"), "number"), "7", "7"),
        (Need("n", Text("n", "n"), "yes"), "on", True),
        (Need("n", Text("n", "n"), "yes", required=False), "", False),
        (Need("n", Text("n", "n"), "many", required=False), None, []),
        (Need("n", Text("n", "n")), "a  b\nc", "a b c"),
    ],
)
def test_a_value_is_read_into_its_kind(need, raw, kept):
    assert need.read(raw) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        *(("many", ["green"]), ("choice", "green"), ("money", "-1"), ("money", "NaN"), ("money", "x")),
        *(("date", "21/11/2026"), ("number", "1.5"), ("yes", "maybe"), ("line", "x" * 301), ("text", "x" * 4001)),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(kind, raw):
    with pytest.raises(BadInput, match="“颜色”"):
        Need("n", Text("颜色", "Colour"), kind, Colour if kind in ("many", "choice") else None).read(raw)
