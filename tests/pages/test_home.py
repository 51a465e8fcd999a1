"""我的待办: in one look what is to be done today, what after that, and what is only a right beside another's duty."""

from datetime import timedelta

from django.utils import timezone

from guanjian.kernel.papers import Level
from guanjian.pages.turn import is_duty
from tests.pages.sample_loop import FLOW, Sample, opened


def home(browser):
    """What the first page shows, by title."""
    seen = browser.get("/").context
    groups = {str(title): [line["record"].title for line in lines] for title, lines in seen["groups"]}
    start = seen["start"]
    return (start["record"].title if start else None), groups, [line["record"].title for line in seen["others"]]


def test_what_is_most_overdue_comes_first_whatever_its_level(browse):
    opened(title="红色未到期", level=Level.RED, at=timezone.now())
    opened(title="蓝色逾期一天", level=Level.BLUE, at=timezone.now() - timedelta(days=1))
    opened(title="黄色逾期三天", level=Level.YELLOW, at=timezone.now() - timedelta(days=3))
    start, groups, _ = home(browse("front"))
    assert start == "黄色逾期三天"
    assert groups["今天须办"] == ["蓝色逾期一天", "红色未到期"]


def test_what_is_due_later_is_a_group_of_its_own_the_gravest_first(browse):
    far = timezone.now() + timedelta(days=9)
    opened(title="蓝色", level=Level.BLUE)
    opened(title="橙色", level=Level.ORANGE)
    Sample.objects.update(due_at=far)
    opened(title="今天", level=Level.BLUE, at=timezone.now())
    start, groups, _ = home(browse("front"))
    assert (start, groups["今天须办"], groups["之后办理"]) == ("今天", [], ["橙色", "蓝色"])


def test_nothing_to_do_is_said_and_nothing_is_offered(browse):
    browser = browse("front")
    assert "没有须由您办理的事项" in browser.get("/").content.decode()
    assert home(browser)[0] is None


def test_a_record_that_bars_me_is_no_duty_of_mine(browse):
    record, front = opened(title="复核须他人"), browse("front")
    Sample.objects.filter(pk=record.pk).update(state="review", hands={"verify": "front"})
    start, groups, _ = home(front)
    assert (start, groups) == (None, {"今天须办": [], "之后办理": []})
    assert home(browse("colleague"))[0] == "复核须他人"


def test_a_right_beside_the_main_step_of_another_is_no_duty():
    sign, verify, withdraw, back = (FLOW.step(name) for name in ("sign", "verify", "withdraw", "pass_on"))
    assert is_duty(sign, FLOW, "new")
    assert not is_duty(back, FLOW, "new")
    assert is_duty(verify, FLOW, "doing")
    assert not is_duty(withdraw, FLOW, "doing")
    assert is_duty(back, FLOW, "review")


def test_many_rights_hide_no_duty_and_count_as_none(browse):
    long_ago, chief = timezone.now() - timedelta(days=30), browse("chief")
    for number in range(15):
        Sample.objects.filter(pk=opened(title=f"他人核查{number}", at=long_ago).pk).update(state="doing")
    Sample.objects.filter(pk=opened(title="待我复核").pk).update(state="review")
    seen = chief.get("/").context
    assert seen["start"]["record"].title == "待我复核"
    assert len(seen["may"]) == 12
    assert {line["next"].zh for line in seen["may"]} == {"撤销"}
    assert seen["tiles"][0][1] == "1"
    assert seen["shell"].waiting["sample"] == 1
    assert [row["record"].title for row in chief.get("/sample/?tab=mine").context["rows"]] == ["待我复核"]
    assert len(chief.get("/sample/?tab=open").context["rows"]) == 16
