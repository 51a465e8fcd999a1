"""An indicator's own rules: checked as written, one name one meaning, tested before tried, approved as tested, run while it stands."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guanjian.crossing import cast as players
from guanjian.crossing import detect, examples, indicators
from guanjian.customs.formula.operators import OPERATORS
from guanjian.customs.formula.vocabulary import THINGS
from guanjian.engine.formula.governed import FILE, chosen, published
from guanjian.ingest.lake import Lake
from guanjian.jobs.worker import Worker
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.indicator.actions import open_by_hand
from guanjian.loops.indicator.models import Indicator
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests.cast import actor
from tests.days import Ahead, date_in, day, today
from tests.lenses.small_lake import small_lake
from tests.loops.behind import rewrite, whole
from tests.loops.measuring import RESULT, SPAN
from tests.loops.moves import go, refused
from tests.signed_in import browser

HEAD = {"ie": "import", "trade_mode": "0110", "value_cny": Decimal(100)}
EXAM = {"mode": "A", "officer1": "甲", "officer2": "乙", "finding": False, "handling": "11"}
NEW = {
    "title": "屡查不获企业",
    "formula": "and(CMP(事-企业-查验批次, 下限), CMP(事-企业-查获率, <1%))",
    "period": "month",
    "parameters": [{"name": "下限", "value": "3", "since": "2020-01-01"}],
    "level": "yellow",
    "line_code": "CLR-EXAM",
    "owner": "风控处",
    "legal_basis": "海关法第二十八条",
    "meaning": "布控屡次落空，或查验流于形式。",
    "adopts": "",
}
SUBMITTED = ("submit", "risk", {"reading": "一月一件，可以承受。", "why_own": ""})
TRIED = (("begin_trial", "function"), ("propose", "risk"))
IN_FORCE = (("approve", "leader"), ("put_in_force", "function", {"in_force_from": Ahead(0), "shared": True}))


@pytest.fixture
def lake(tmp_path, settings):
    """甲 is examined four times and nothing is found; 乙 three times, once with a find; 丙 lies in another district."""
    at, heads, exams = timezone.now() - timedelta(days=10), [], []
    for who, unit, times in (("甲", "2201", 4), ("乙", "2201", 3), ("丙", "5301", 5)):
        for n in range(times):
            entry = f"{who}{n}"
            heads.append({**HEAD, "entry_id": entry, "unit_code": unit, "consignee_id": who, "declared_at": at})
            found = who == "乙" and n == 0
            exams.append({**EXAM, "exam_id": entry, "entry_id": entry, "finding": found, "started_at": at})
    verdict = {"subject_type": "enterprise", "decided_at": at, "source": "alert/1"}
    outcomes = [
        {**verdict, "outcome_id": "1", "subject_id": "甲", "verdict": "confirmed"},
        {**verdict, "outcome_id": "2", "subject_id": "乙", "verdict": "confirmed"},
    ]
    settings.GUANJIAN_LAKE = small_lake(tmp_path, declarations=heads, examinations=exams, outcomes=outcomes)
    return Lake.open(settings.GUANJIAN_LAKE)


def opened(who="risk", unit="2200", **changes):
    return open_by_hand(actor(who), Unit.objects.get(pk=unit), {**NEW, **changes})


def back_tested(record, who="risk"):
    """Through the back-test, whose job a worker does."""
    record = go(record, ("ask_back_test", who, SPAN))
    Worker().run_once()
    return whole(Indicator, record.pk)


def in_force(record):
    return go(go(back_tested(record), SUBMITTED), *TRIED, *IN_FORCE)


def test_a_wrong_formula_is_refused_as_it_is_written(office):
    with pytest.raises(BadInput, match=r"第9个字符.*请改用查验率、查验批次"):
        opened(formula="AND(CMP(事-企业-查验数量, 3), CMP(事-企业-查获率, <1%))", parameters=[])
    with pytest.raises(BadInput, match="没有参数“下限”"):
        opened(parameters=[])
    assert not Indicator.objects.exists()


def test_one_name_has_one_meaning_in_the_whole_country(office):
    first = opened()
    with pytest.raises(BadInput, match=f"同名而含义不同的指标 {first.key}"):
        opened("stranger_function", "5300", formula="CMP(事-企业-申报批次, 下限)")
    assert opened("stranger_function", "5300").essence == first.essence
    other = opened(title="申报量", formula="CMP(事-企业-申报批次, 下限)")
    rewrite(other, title=NEW["title"])
    refused(other, "revise", "risk", "同名", formula="CMP(物-企业-税款, 下限)", parameters=NEW["parameters"])


def test_a_preview_measures_the_whole_period_in_the_own_district_and_comes_back(chain, lake):
    record = go(opened(), ("preview", "risk", SPAN))
    Worker().run_once()
    told = whole(Indicator, record.pk).facts["show_preview"]
    assert (told["looked"], told["flagged"], told["objects"]) == ("2", "1", "1")
    assert told["spread"] == [{"unit": "2200", "count": "1"}]
    assert told["examples"] == ["甲 · 2201 × 1"]
    page = browser("risk").get(f"/indicator/{record.pk}/").content.decode()
    assert "查验批次不低于参数“下限”，并且查获率低于1%" in page
    assert "甲 · 2201" in page


def test_a_back_test_is_compared_with_what_disposals_decided(chain, lake):
    record = back_tested(opened())
    assert record.state == "tested"
    told = record.facts["back_test"]
    assert (told["confirmed"], told["refuted"], told["confirmed_in_all"]) == ("1", "0", "2")
    assert record.tested == told["fingerprint"] == record.fingerprint()
    assert (record.precision().part, record.precision().whole) == (1, 1)


def test_without_data_it_says_so_and_waits_again(chain, settings, tmp_path):
    settings.GUANJIAN_LAKE = tmp_path / "nothing"
    record = back_tested(opened())
    assert record.state == "draft"
    assert "没有导入数据" in record.facts["cannot_measure"]["reason"]


def test_an_answer_about_an_older_formula_is_not_written(chain, lake):
    record = go(opened(), ("preview", "risk", SPAN))
    go(record, ("revise", "risk", {"formula": "CMP(事-企业-申报批次, 3)", "parameters": [], "period": "month"}))
    Worker().run_once()
    assert "show_preview" not in whole(Indicator, record.pk).facts


def test_a_changed_formula_voids_the_back_test(chain, lake):
    record = back_tested(opened())
    revised = go(
        record, ("revise", "risk", {**{name: NEW[name] for name in ("formula", "parameters")}, "period": "week"})
    )
    assert (revised.state, revised.tested) == ("draft", "")
    rewrite(revised, state="tested")
    refused(whole(Indicator, record.pk), "submit", "risk", "回测作废")


def test_what_is_the_same_elsewhere_is_adopted_or_it_is_said_why_not(chain, lake):
    shared = in_force(opened())
    twin = back_tested(opened("stranger_function", "5300"), "stranger_function")
    refused(twin, "submit", "stranger_function", f"含义相同的指标：{shared.key}", why_own="")
    assert go(twin, ("submit", "stranger_function", {"why_own": "本关区另设试点，须单独评估。"})).state == "submitted"
    adopted = opened("stranger_function", "5300", adopts=shared.key)
    assert (
        go(back_tested(adopted, "stranger_function"), ("submit", "stranger_function", {"why_own": ""})).state
        == "submitted"
    )
    with pytest.raises(BadInput, match="请照其公式填写"):
        opened("stranger_function", "5300", title="另一个", formula="CMP(事-企业-申报批次, 下限)", adopts=shared.key)


def test_nobody_tries_or_approves_his_own(chain, lake):
    record = go(back_tested(opened("function")), ("submit", "function", {"why_own": ""}))
    refused(record, "begin_trial", "function", "另一人")
    record = go(record, ("begin_trial", "function_two"), ("propose", "function"))
    rewrite(record, hands={**record.hands, "submit": "leader"})
    refused(record, "approve", "leader", "另一人")


def test_an_approval_holds_for_what_was_tested_and_nothing_else(chain, lake):
    record = go(go(back_tested(opened()), SUBMITTED), *TRIED)
    rewrite(record, parameters=[{"name": "下限", "value": "1", "since": "2020-01-01"}])
    refused(whole(Indicator, record.pk), "approve", "leader", "回测作废")
    rewrite(record, parameters=NEW["parameters"])
    approved = go(whole(Indicator, record.pk), IN_FORCE[0])
    rewrite(approved, facts={**approved.facts, "propose": {"trial_said": "另一套说法。"}})
    refused(whole(Indicator, record.pk), "put_in_force", "function", "须重签", in_force_from=day())


def test_on_trial_it_counts_and_alarms_nobody(chain, lake):
    record = go(go(back_tested(opened()), SUBMITTED), TRIED[0])
    rewrite(record, entered_at=timezone.now() - timedelta(days=50))
    detect.run(lake)
    record = whole(Indicator, record.pk)
    assert (record.trial_runs, record.trial_flagged) == (1, 1)
    assert not Alert.objects.filter(code=record.code).exists()


def test_in_force_it_runs_with_the_catalogue_and_opens_alerts(chain, lake):
    record = in_force(opened())
    rewrite(record, in_force_from=date_in(-50))
    done = detect.run(lake, only=[record.code])
    alert = Alert.objects.get(code=record.code)
    assert (done.alerts, alert.subject_id, alert.unit_code, alert.level) == (1, "甲", "2201", "yellow")
    assert alert.evidence["detector_zh"] == NEW["title"]
    assert alert.evidence["rows"] == ["甲0", "甲1", "甲2", "甲3"]
    assert "查获率为0" in alert.explanation
    assert detect.run(lake, only=[record.code]).known == 1
    assert json.loads((lake.root / FILE).read_text())[0]["fingerprint"] == record.tested
    assert Entry.objects.filter(event="indicators.published").count() == 1


def test_what_was_changed_behind_the_loop_does_not_run(chain, lake):
    record = in_force(opened())
    rewrite(record, formula="CMP(事-企业-查验批次, 下限)")
    assert [one.pk for one in indicators.publish(lake)] == [record.pk]
    assert published(lake.root) == []


def test_a_published_file_that_was_changed_is_refused(chain, lake):
    in_force(opened())
    indicators.publish(lake)
    file = lake.root / FILE
    file.write_text(file.read_text().replace("下限), CMP", "99), CMP").replace('"name": "下限"', '"name": "下限"'))
    with pytest.raises(BadInput):
        published(lake.root)


def test_it_is_retired_or_kept_by_somebody_else_when_its_year_is_over(chain, lake):
    record = go(in_force(opened()), ("call_review", "function"))
    assert record.in_force_on(today())
    kept = go(record, ("keep", "leader"))
    retired = go(kept, ("retire", "function"))
    assert not retired.in_force_on(today())
    indicators.publish(lake)
    assert published(lake.root) == []


def test_codes_are_chosen_between_the_office_and_the_catalogue(chain, lake):
    in_force(opened())
    indicators.publish(lake)
    governed = published(lake.root)
    assert chosen(governed, []) == (governed, [])
    assert chosen(governed, ["val-01", governed[0].code.lower()]) == (governed, ["VAL-01"])


def test_an_indicator_cannot_be_in_force_yesterday(chain, lake):
    approved = go(go(back_tested(opened()), SUBMITTED), *TRIED, IN_FORCE[0])
    refused(approved, "put_in_force", "function", "不能早于今天", in_force_from=day(-1))


def test_only_the_system_writes_results(office):
    with pytest.raises(NotAllowed):
        advance(opened(), "show_preview", actor("risk"), RESULT)
    assert advance(opened(title="又一个"), "show_preview", SYSTEM, RESULT).state == "draft"


def test_days_that_lie_ahead_are_not_tested(office):
    refused(opened(), "preview", "risk", "不能晚于今天", **{**SPAN, "test_until": day(40)})
    refused(
        opened(title="又一个"),
        "preview",
        "risk",
        "应在截止日之前",
        test_from=SPAN["test_until"],
        test_until=SPAN["test_from"],
    )


def test_the_worked_example_comes_into_force_where_there_are_facts(chain, lake, settings):
    settings.GUANJIAN_DEMO = True
    players.engage_for("2201", examples.place.SINCE)
    examples.measuring.play(examples.place.somewhere())
    assert dict(Indicator.objects.values_list("title", "state")) == {
        "模拟：屡查不获企业": "in_force",
        "模拟：通关时间骤增": "dropped",
    }


def test_every_word_of_the_language_stands_on_its_page(office):
    told = browser("oversight").get("/indicator/words/").content.decode()
    names = [f"{one.dimension}-{thing.name}-{one.name}" for thing in THINGS.values() for one in thing.measures.values()]
    assert [name for name in (*names, *OPERATORS, "@去年同期") if name not in told] == []
    assert browser("police").get("/indicator/words/").status_code == 404


def test_a_formula_that_can_no_longer_be_read_does_not_run_and_its_page_says_why(chain, lake):
    record = in_force(opened())
    rewrite(record, formula="CMP(事-企业-往日特征, 下限)")
    assert indicators.publish(lake) != []
    told = browser("function").get(f"/indicator/{record.pk}/")
    assert told.status_code == 200
    assert "没有名为“往日特征”的企业特征" in told.content.decode()
    assert browser("function").get("/indicator/?tab=open").status_code == 200
