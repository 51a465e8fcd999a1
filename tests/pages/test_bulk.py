"""One step on several records: each alone, each refusal told by name, nothing grave, nothing unseen."""

from guanjian.ledger.models import Entry
from guanjian.pages.bulk import MOST
from tests.pages.sample_loop import Sample, opened
from tests.pages.test_views import GIVEN


def press(browser, records, step="sign", **given):
    """Send the form of the second page."""
    versions = {f"version-{one.pk}": one.version for one in records}
    return browser.post("/sample/bulk/", {"step": step, "pk": [one.pk for one in records], **versions, **given})


def test_the_queue_offers_several_at_once_and_says_first_what_would_be_done(browse):
    two = [opened(title="甲"), opened(title="乙")]
    front = browse("front")
    assert '<option value="sign">' in front.get("/sample/").content.decode()
    page = front.get("/sample/bulk/", {"step": "sign", "pk": [one.pk for one in two]})
    assert [line.record.title for line in page.context["ready"]] == ["甲", "乙"]
    assert not Entry.objects.filter(event="sample.sign").exists()


def test_each_is_taken_and_traced_alone(browse):
    two = [opened(title="甲"), opened(title="乙")]
    page = press(browse("front"), two)
    assert (len(page.context["ready"]), page.context["refused"]) == (2, [])
    assert set(Sample.objects.values_list("state", flat=True)) == {"doing"}
    assert {entry.subject for entry in Entry.objects.filter(event="sample.sign")} == {one.key for one in two}


def test_a_partial_refusal_is_told_record_by_record_and_stops_no_other(browse):
    ready, signed, moved, elsewhere = opened(title="可办"), opened(title="已签"), opened(title="刚变"), opened("5301")
    front = browse("front")
    press(browse("colleague"), [signed])
    Sample.objects.filter(pk=moved.pk).update(version=7)
    page = press(front, [ready, signed, moved, elsewhere])
    assert [line.number for line in page.context["ready"]] == [ready.pk]
    told = {line.number: str(line.refused) for line in page.context["refused"]}
    assert set(told) == {signed.pk, moved.pk, elsewhere.pk}
    assert "刚刚已有人办理" in told[moved.pk]
    assert "没有这一件" in told[elsewhere.pk]
    assert Sample.objects.get(pk=elsewhere.pk).state == "new"


def test_what_another_district_may_not_see_is_not_named(browse):
    record = opened(title="冷冻带鱼")
    page = press(browse("stranger"), [record]).content.decode()
    assert "冷冻带鱼" not in page
    assert "没有这一件" in page


def test_the_facts_are_given_once_and_a_missing_one_is_told_for_each(browse):
    two, front = [opened(), opened()], browse("front")
    press(front, two)
    two = list(Sample.objects.order_by("pk"))
    told = {str(line.refused) for line in press(front, two, "verify").context["refused"]}
    assert told == {"请填写“核查情况”。"}
    assert len(press(front, two, "verify", **GIVEN).context["ready"]) == 2
    assert {one.facts["verify"]["cause"] for one in Sample.objects.all()} == {"price"}


def test_a_grave_step_and_one_of_another_post_are_not_taken_at_once(browse):
    record = opened()
    for who, step in (
        ("front", "close"),
        ("front", "pass_on"),
        ("front", "unknown"),
        ("leader", "sign"),
        ("front", ""),
    ):
        assert press(browse(who), [record], step).status_code == 400, (who, step)


def test_none_and_too_many_are_refused(browse):
    front = browse("front")
    assert front.post("/sample/bulk/", {"step": "sign", "pk": ["x", "-1"]}).status_code == 400
    assert front.get("/sample/bulk/", {"step": "sign", "pk": list(range(1, MOST + 2))}).status_code == 400


def test_a_form_without_versions_takes_nothing(browse):
    record = opened()
    page = browse("front").post("/sample/bulk/", {"step": "sign", "pk": [record.pk]})
    assert page.context["ready"] == []
    assert Sample.objects.get().state == "new"
