"""Classes of units and posts: none forgotten, none milder without its reason, adopted by another, read as of any day, reviewed yearly."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from guanjian.crossing import classes
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.lenses.standing import FACTORS, Standing
from guanjian.loops.classing.actions import begin_reviews, open_by_hand
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.needs import Factor, Grade
from guanjian.loops.classing.policy import CODE, SHIPPED, policy
from guanjian.moving.verbs import advance
from guanjian.org.models import Parameter, Unit
from guanjian.org.powers import move
from tests.cast import actor, client, person
from tests.days import date_in, day, today
from tests.loops.behind import rewrite
from tests.loops.moves import go, refused

IN_2201 = ("front", "chief", "house_head")


def opened(unit="2201", who="function") -> Classing:
    return open_by_hand(actor(who), Unit.objects.get(pk="2200"), {"unit_code": unit})


def measured(known: classes.Known | None = None, one: Classing | None = None) -> Classing:
    one = one or opened()
    facts = classes.measured(one, known or classes.Known(missing="没有数据"), today())
    return advance(one, "measure", classes.SYSTEM, facts)


def adopted(**given) -> Classing:
    return go(measured(), ("propose", "function", given), ("adopt", "leader"))


@pytest.fixture
def people(chain):
    for name in IN_2201:
        person(name)


def stands(**values: float) -> classes.Known:
    told = Standing("2201", 9, {name: values.get(name, 1.0) for name in FACTORS}, dict.fromkeys(FACTORS, 1.0))
    return classes.Known({"2201": told})


def test_the_factors_of_the_lens_are_those_of_the_form():
    assert tuple(Factor) == FACTORS
    assert set(SHIPPED.weights) == set(FACTORS)


@pytest.mark.parametrize(("times", "grade"), [(2.0, "A"), (1.0, "B"), (0.7, "C"), (0.1, "D")])
def test_a_unit_is_classed_by_how_it_stands_to_its_peers(people, times, grade):
    one = measured(stands(**dict.fromkeys(FACTORS, times)))
    assert (one.measured_class, one.unit_class, one.load) == (grade, grade, f"{times:.2f}")
    assert [row["factor"] for row in one.factors] == list(FACTORS)


def test_a_class_begins_at_its_cut():
    grades = [SHIPPED.grade(index) for index in (1.5, 1.49, 1.0, 0.99, 0.5, 0.49, 0)]
    assert grades == [Grade.A, Grade.B, Grade.B, Grade.C, Grade.C, Grade.D, Grade.D]


def test_a_post_is_classed_by_its_nodes_flags_and_problems_where_somebody_holds_it(people):
    plain = {row["post"]: float(row["index"]) for row in measured().measured_posts}
    assert set(plain) == {"frontline", "section_chief", "house_leader"}
    assert plain["frontline"] > plain["house_leader"]
    go(Classing.objects.get(), ("drop", "function"))
    worse = classes.Known(problems={("2201", "TAX-VALUE"): 9}, flags={("examine", "2200"): 0.4})
    again = {row["post"]: row for row in measured(worse).measured_posts}
    assert float(again["frontline"]["index"]) > plain["frontline"]
    assert (again["frontline"]["problems"], again["frontline"]["gaps"]) == ("9", "查验")


def test_a_node_that_a_rule_has_moved_counts_for_the_post_that_holds_it(people):
    before = {row["post"]: int(row["nodes"]) for row in measured().measured_posts}
    go(Classing.objects.get(), ("drop", "function"))
    move([{"node": "price_review", "to_post": "house_leader"}], today(), "2200", "rulebook/1")
    after = {row["post"]: int(row["nodes"]) for row in measured().measured_posts}
    assert after == {**before, "frontline": before["frontline"] - 1, "house_leader": before["house_leader"] + 1}


def test_without_data_the_unit_has_no_class_of_its_own_and_the_paper_says_so(people):
    opened()
    assert classes.turn(None) == {"reviews": 0, "measured": 1}
    one = Classing.objects.get()
    assert (one.state, one.measured_class, one.unit_class) == ("measured", "", "")
    assert "没有导入业务数据" in one.missing


def test_every_post_gets_a_class_once_and_milder_than_measured_says_why(people):
    one = measured(stands(history=9.0))
    assert one.unit_class == one.measured_class == "A"
    rows = one.posts
    refused(one, "propose", "function", "还有岗位未定类别：隶属海关关领导", unit_class="A",
            posts=[row for row in rows if row["post"] != "house_leader"])  # fmt: skip
    refused(one, "propose", "function", "同一岗位只能列一次", unit_class="A", posts=[*rows, rows[0]])
    refused(one, "propose", "function", "低于测算类别", unit_class="B", posts=rows, why_lower="不必")
    refused(one, "propose", "function", "不能早于今天", unit_class="A", posts=rows,
            in_force_from=day(-1))  # fmt: skip
    why = "上半年已换装集中审像系统，裁量操作减少。"
    assert go(one, ("propose", "function", {"unit_class": "B", "posts": rows, "why_lower": why})).unit_class == "B"


def test_the_level_above_classes_and_adopts_and_never_the_unit_itself(people):
    own = actor("house_head", ("function", "2201"))
    with pytest.raises(NotAllowed, match="上一级"):
        open_by_hand(own, Unit.objects.get(pk="2201"), {"unit_code": "2201"})
    one = go(measured(), ("propose", "function"))
    refused(one, "adopt", "house_head", "由上一级的关领导办理")
    rewrite(one, hands={**one.hands, "propose": "leader"})
    refused(one, "adopt", "leader", "须由另一人办理")
    with pytest.raises(IntegrityError), transaction.atomic():
        Classing.objects.filter(pk=one.pk).update(adopted_by="function")


def test_the_figures_are_those_of_the_day_and_stay_until_the_next_classing(people):
    one = adopted(unit_class="A")
    assert one.asked("A") == SHIPPED.measures["A"]
    Parameter.objects.create(
        code=CODE,
        since=today(),
        value={"measures": {"A": {"inspect_months": 1, "stay_months": 24, "hours": 90}}},
        source="总署令",
    )
    assert Classing.objects.get(pk=one.pk).asked("A") == SHIPPED.measures["A"]
    newer = policy(today())
    assert (newer.measures["A"].stay_months, newer.measures["B"], newer.source) == (24, SHIPPED.measures["B"], "总署令")


def test_a_unit_is_classed_once_at_a_time(people):
    one = opened()
    with pytest.raises(BadInput, match="正在办理"):
        opened()
    go(measured(one=one), ("propose", "function"), ("adopt", "leader"))
    assert opened().origin == one.key  # an early review


def test_the_review_begins_by_itself_once_and_the_next_classes_follow_without_a_gap(people):
    one = adopted()
    assert one.review_by == date(today().year + 1, today().month, one.review_by.day)
    assert begin_reviews(one.review_by - timedelta(days=61)) == 0
    assert [begin_reviews(one.review_by - timedelta(days=60)) for _ in "ab"] == [1, 0]
    review = Classing.objects.get(origin=one.key)
    starts = date_in(20)
    later = go(
        measured(one=review), ("propose", "function", {"in_force_from": starts.isoformat()}), ("adopt", "leader")
    )
    one.refresh_from_db()
    assert (one.state, one.until, later.since) == ("followed", starts - timedelta(days=1), starts)
    read = {offset: [row.pk for row in Classing.objects.on(date_in(offset))] for offset in (-1, 0, 19, 20, 900)}
    assert read == {-1: [], 0: [one.pk], 19: [one.pk], 20: [later.pk], 900: [later.pk]}


def test_a_review_that_was_dropped_can_begin_again(people):
    one = adopted()
    late = one.review_by
    assert [begin_reviews(late) for _ in "ab"] == [1, 0]
    refused(Classing.objects.get(pk=one.pk), "review", "function", "系统")
    go(Classing.objects.get(origin=one.key), ("drop", "oversight"))
    assert begin_reviews(late) == 1
    assert Classing.objects.filter(origin=one.key).count() == 2


def test_the_table_shows_the_classes_of_the_day_within_reach(people):
    one = adopted(unit_class="A")
    page = client("function").get("/classing/table/").content.decode()
    assert "A类（高风险）" in page and "同岗最长36个月" in page  # noqa: PT018
    tomorrow, before = (date_in(n) for n in (1, -1))
    assert f"/classing/{one.pk}/" in client("function").get(f"/classing/table/?on={tomorrow}").content.decode()
    assert "没有执行中的分类" in client("function").get(f"/classing/table/?on={before}").content.decode()
    assert f"/classing/{one.pk}/" not in client("stranger_function").get("/classing/table/").content.decode()
    assert client("admin").get("/classing/table/").status_code == 404
    assert client("function").get("/classing/table/?on=x").status_code == 400
