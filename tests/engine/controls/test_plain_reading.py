"""What must be right is written twice: the SQL of every template equals the plain reading on generated logs."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanjian.engine.controls.all_templates import TEMPLATES
from guanjian.engine.controls.rule import Rule
from tests.engine.controls import plain
from tests.engine.controls.asked import ask, results
from tests.engine.controls.worlds import arguments, logs, worlds

# No shrinking: each example asks thirty queries, and the message names the rule.
QUICK = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
GROUPS = {
    "flow": [name for name, template in TEMPLATES.items() if template.flow],
    "facts": [name for name, template in TEMPLATES.items() if not template.flow],
}


def test_every_template_has_a_plain_reading():
    assert set(TEMPLATES) == set(plain.FLOW) | set(plain.FACTS)


@pytest.mark.parametrize("group", GROUPS)
@QUICK
@given(data=st.data())
def test_sql_equals_the_plain_reading_and_gives_evidence(group, data):
    log, world = data.draw(logs()), data.draw(worlds())
    rules = {name: Rule(name, data.draw(arguments(name), label=name)) for name in GROUPS[group]}
    run = ask(rules, log, world)
    found = results(run)
    for name, rule in rules.items():
        assert set(found.get(name, {})) == plain.breached(rule, log, world), (name, rule.args)
        for subject, evidence in found.get(name, {}).items():
            assert evidence
            if name != "share":
                assert all(one.startswith(f"{subject}/") for one in evidence), (name, evidence)
    run.connection.close()


@QUICK
@given(data=st.data())
def test_the_order_of_the_rows_changes_nothing(data):
    from tests.engine.controls.asked import arrow

    log, world = data.draw(logs()), data.draw(worlds())
    table = arrow(log)
    shuffled = table.take(data.draw(st.permutations(range(len(table)))))
    rules = {name: Rule(name, data.draw(arguments(name), label=name)) for name in TEMPLATES}
    one, two = ask(rules, table, world), ask(rules, shuffled, world)
    assert results(one) == results(two)
    assert results(one, "untestable") == results(two, "untestable")
    assert [vars(t) | {"seconds": 0} for t in one.tallies] == [vars(t) | {"seconds": 0} for t in two.tallies]


def test_nothing_is_found_in_nothing():
    rules = {name: Rule(name, next_arguments(name)) for name in TEMPLATES}
    run = ask(rules, {}, {"authorities": [], "relations": [], "rosters": [], "qualifications": []})
    assert [(t.objects, t.breached, t.untestable) for t in run.tallies] == [(0, 0, 0)] * len(rules)


def next_arguments(name):
    """The smallest arguments that a template takes."""
    from tests.engine.controls.worlds import ACTS

    given = {"a": "a", "b": "b", "steps": ACTS[:2], "of": "b", "by": "who", "field": "amount", "value": "amount"}
    given |= {"base": "base", "low": 0, "high": 1, "required": "required", "actual": "actual", "order": ["A", "B"]}
    given |= {"fields": ["reason"], "same": ["unit_code"], "total": 5, "limit": 5, "at_least": 1, "amount": 1}
    given |= {"unit": "h", "course": "k", "minutes": 5, "within": 3}
    needed = [k for k, p in TEMPLATES[name].parameters.items() if p.default is p.empty]
    return {key: given[key] for key in needed}
