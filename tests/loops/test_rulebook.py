"""A rule's own days: published, in force, measured, amended, repealed; nothing before its day, nothing lost with it."""

from datetime import date, timedelta

import pytest

from guanjian.crossing import execution
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.rulebook import citing
from guanjian.loops.rulebook.actions import open_by_hand, turn_the_page
from guanjian.loops.rulebook.models import Rulebook
from guanjian.loops.rulebook.needs import Cited
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Parameter, Unit
from guanjian.wiring.citing import controls, thresholds
from tests.cast import actor
from tests.days import day, today
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser

OLD = {
    "title": "查验作业规程",
    "number": "沪关规〔2020〕1号",
    "form": "internal",
    "in_force_on": date(2020, 3, 1),
    "text": "第一条 查验由二人实施。",
    "parameters": [],
    "controls": ["C-EXM-01"],
    "trainings": ["查验规范"],
}


def of_old(**changes) -> Rulebook:
    return open_by_hand(actor("function"), Unit.objects.get(pk="2200"), {**OLD, **changes})


def living(**changes) -> Rulebook:
    return go(of_old(**changes), ("take_over", "oversight"))


def test_what_was_decided_is_in_force_from_its_day_and_not_before(office):
    rule = go(record_of(Rulebook), ("promulgate", "leader"))
    since = rule.in_force_on
    assert (rule.said_on(since - timedelta(days=1)), rule.said_on(since).number) == (None, 1)
    assert turn_the_page() == 0
    with pytest.raises(NotAllowed, match="施行日期未到"):
        advance(rule, "take_effect", SYSTEM, {})
    Rulebook.objects.update(in_force_on=today())
    assert (turn_the_page(), turn_the_page()) == (1, 0)
    assert Rulebook.objects.get().state == "in_force"


def test_a_regulation_is_known_thirty_days_before(office):
    rule = record_of(Rulebook, form="regulation")
    refused(rule, "promulgate", "leader", "公布日之后", in_force_on=day(0))
    refused(rule, "promulgate", "leader", "30日", in_force_on=day(10), sooner="")
    assert (
        go(rule, ("promulgate", "leader", {"in_force_on": day(10), "sooner": "涉及国家安全。"})).state == "promulgated"
    )


def test_a_number_is_given_once(office):
    rule = go(record_of(Rulebook), ("promulgate", "leader"))
    refused(record_of(Rulebook), "promulgate", "leader", "已有制度", order_no=rule.number)
    with pytest.raises(BadInput, match="在册"):
        of_old(number=rule.number)


def test_only_what_is_older_than_this_office_is_taken_over_without_the_gates(office):
    new = of_old(in_force_on=today(), number="沪关规〔2026〕99号")
    refused(new, "take_over", "oversight", "七道程序")
    refused(new, "promulgate", "leader", "存量")
    refused(record_of(Rulebook), "take_over", "oversight", "应当公布")
    refused(record_of(Rulebook), "strike", "oversight", "应当公布")
    rule = living()
    assert (rule.state, rule.said_on(date(2020, 3, 1)).controls) == ("in_force", ("C-EXM-01",))


def test_an_amendment_holds_from_its_own_day_and_the_rule_until_then(office):
    rule = go(living(), ("call_for_amendment", "oversight"))
    adopted = {
        "text": "第一条 查验由三人实施。",
        "controls": ["C-EXM-02"],
        "parameters": [],
        "trainings": [],
        "moves": [],
    }
    rule = advance(rule, "adopt_amendment", SYSTEM, {**adopted, "source": "preview/7"})
    assert rule.said_on(today()).text == OLD["text"]
    rule = go(rule, ("promulgate", "leader", {"order_no": "沪关规〔2026〕8号"}))
    day_before = rule.in_force_on - timedelta(days=1)
    assert [rule.said_on(on).number for on in (day_before, rule.in_force_on)] == [1, 2]
    assert (rule.number, rule.said_on(rule.in_force_on).source) == (OLD["number"], "preview/7")


def test_nothing_is_graded_unmeasured_and_nobody_types_the_share(office):
    rule = go(living(), ("begin_evaluation", "oversight"))
    refused(rule, "keep", "oversight", "尚在检验")
    refused(rule, "measure", "oversight", "系统")
    assert execution.measure_all(None) == 1
    rule = Rulebook.objects.get()
    assert (rule.tested, rule.execution_percent, rule.facts["measure"]["measured_note"]) == (0, None, execution.NO_DATA)
    assert go(rule, ("keep", "oversight", {"grade": "fair"})).state == "in_force"


@pytest.mark.parametrize(
    ("breached", "facts", "says"),
    [
        (9, {"grade": "poor"}, "不能维持"),
        (5, {"grade": "good"}, "执行良好"),
        (0, {"loopholes": "1"}, "须修订"),
    ],
)
def test_the_grade_says_no_more_than_the_controls(office, breached, facts, says):
    rule = go(living(), ("begin_evaluation", "oversight"))
    Rulebook.objects.update(tested=40, breached=breached)
    refused(rule, "keep", "oversight", says, **facts)


def test_a_later_evaluation_is_measured_anew(office):
    rule = go(living(), ("begin_evaluation", "oversight"))
    execution.measure_all(None)
    rule = go(Rulebook.objects.get(), ("keep", "oversight"), ("begin_evaluation", "oversight"))
    assert (rule.tested, rule.grade) == (None, "")


@pytest.fixture
def cited(office, monkeypatch):
    """A rule to be repealed that a control, a dated parameter, another rule and its own content name."""
    monkeypatch.setattr(citing, "CITERS", {"thresholds": thresholds, "controls": lambda number, title: controls(number, "海关查验作业规程")})  # fmt: skip
    Parameter.objects.create(code="fieldwork.metres", value={"amount": 400}, since=today(), source=f"依{OLD['number']}")
    living(
        number="沪关规〔2021〕2号",
        title="派单办法",
        text="依据《查验作业规程》派单，逐票留痕。",
        controls=[],
        trainings=[],
    )
    return advance(go(living(), ("call_for_repeal", "function")), "adopt_repeal", SYSTEM, {})


def test_a_repeal_lists_whatever_cites_the_rule(cited):
    found = {(one.kind, one.code) for one in cited.citations()}
    assert {
        (Cited.THRESHOLD, "fieldwork.metres"),
        (Cited.RULE, "沪关规〔2021〕2号"),
        (Cited.TRAINING, "查验规范"),
    } <= found
    assert {code for kind, code in found if kind == Cited.CONTROL} == {"C-EXM-01", "C-EXM-02", "C-EXM-03", "C-EXM-06"}
    page = browser("leader").get(f"/rulebook/{cited.pk}/").content.decode()
    assert all(one.code in page for one in cited.citations())


def test_a_repeal_loses_none_of_them(cited):
    every = given(cited, "repeal")["fates"]
    for left_out in every:
        kept = [one for one in every if one is not left_out]
        refused(cited, "repeal", "leader", left_out["cited"], fates=kept)
    refused(cited, "repeal", "leader", "多列", fates=[*every, {"cited": "控制 X-1", "fate": "stops", "to": ""}])
    refused(cited, "repeal", "leader", "改引", fates=[{**every[0], "fate": "cites_another"}, *every[1:]])
    rule = go(cited, ("repeal", "leader"))
    assert {row["cited"] for row in rule.fates} == {one.key for one in cited.citations()}
    last = rule.repealed_on - timedelta(days=1)
    assert (rule.said_on(last) is not None, rule.said_on(rule.repealed_on)) == (True, None)
    assert turn_the_page() == 0
    Rulebook.objects.filter(pk=rule.pk).update(repealed_on=today())
    assert (turn_the_page(), Rulebook.objects.get(pk=rule.pk).state) == (1, "repealed")


def test_the_register_shows_the_text_of_the_day_to_whom_it_binds(office):
    living(title="深圳办法", number="深1")
    Rulebook.objects.update(district_code="5300", unit_code="5300")
    living()
    front = browser("front")
    assert OLD["text"] in front.get("/rulebook/register/", {"on": "2020-03-01"}).content.decode()
    for query in ({"on": "2020-02-29"}, {"on": "2021-01-01", "words": "三人"}):
        assert OLD["text"] not in front.get("/rulebook/register/", query).content.decode()
    assert "深圳办法" not in front.get("/rulebook/register/").content.decode()
    assert browser("admin").get("/rulebook/register/").status_code == 404
    told = front.get("/api/rules/on/2021-01-01").json()
    assert [(one["number"], one["version"], one["text"]) for one in told] == [(OLD["number"], 1, OLD["text"])]
    assert browser("admin").get("/api/rules/on/2021-01-01").status_code == 404
