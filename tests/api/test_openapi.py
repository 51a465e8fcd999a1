"""OpenAPI is complete: each loop and each step of a person with its facts, its answer and every refusal, in both languages."""

import json
import re

import pytest
from openapi_spec_validator import validate

from guanjian.api.app import api
from guanjian.api.description import camel, offered
from guanjian.org.posts import Post
from guanjian.pages.desk import DESKS
from tests.loops.world import MODELS, said
from tests.rights.stage import noun

KINDS = {"many": "array", "rows": "array", "yes": "boolean"}
BOTH = re.compile(r"[\u4e00-\u9fff].* · .*[A-Za-z]", re.S)
every_loop = pytest.mark.parametrize("model", MODELS, ids=[said((model,)) for model in MODELS])


@pytest.fixture(scope="module")
def told():
    """The description as another system reads it."""
    return json.loads(json.dumps(api.get_openapi_schema()))


def shape(told, reference):
    """The shape that a reference names."""
    return told["components"]["schemas"][reference["$ref"].rpartition("/")[2]]


def body(told, work):
    return shape(told, work["requestBody"]["content"]["application/json"]["schema"])


def problems(work):
    """The statuses whose answer is the one shape of an error."""
    named = {"$ref": "#/components/schemas/Problem"}
    answers = work["responses"].items()
    return {
        status for status, one in answers if one.get("content", {}).get("application/json", {}).get("schema") == named
    }


@every_loop
def test_each_step_of_a_person_is_an_operation_with_its_facts(told, model):
    flow = model.FLOW
    for step in flow.steps:
        where = f"{noun(flow.name)}/{{pk}}/steps/{step.name}"
        if step.by == (Post.SYSTEM,):
            assert where not in told["paths"], where
            continue
        work = told["paths"][where]["post"]
        assert work["operationId"] == f"{flow.name}_take_{step.name}"
        assert work["summary"] == f"{step.title.zh} · {step.title.en}"
        assert [one["name"] for one in work["parameters"]] == ["pk"]
        taken = body(told, work)
        facts = shape(told, taken["properties"]["facts"])
        assert set(facts["properties"]) == {need.name for need in step.needs}
        assert facts["required"] == [need.name for need in step.needs if need.required]
        assert ("facts" in taken["required"]) == bool(facts["required"])
        for need in step.needs:
            check(facts["properties"][need.name], need)
        record = shape(told, work["responses"]["200"]["content"]["application/json"]["schema"])
        assert set(record["properties"]["state"]["enum"]) == set(flow.states)
        assert {"400", "401", "403", "404", "409"} == problems(work)


def check(shown, need):
    """Type, both names and the allowed values of one fact."""
    assert shown["type"] == KINDS.get(need.kind, "string")
    assert (shown["title"], shown["description"]) == (need.label.zh, need.label.en)
    allowed = [value for value, _ in need.choices.choices()] if need.choices else None
    assert (shown["items"] if need.kind == "many" else shown).get("enum") == allowed
    if need.kind == "rows":
        assert shown["items"]["required"] == [column.name for column in need.columns if column.required]
        for column in need.columns:
            check(shown["items"]["properties"][column.name], column)


@every_loop
def test_each_loop_is_listed_read_and_opened_as_its_flow_says(told, model):
    flow, paths = model.FLOW, told["paths"]
    where = noun(flow.name)
    assert paths[where]["get"]["operationId"] == f"{flow.name}_list"
    assert paths[f"{where}/{{pk}}"]["get"]["operationId"] == f"{flow.name}_one"
    assert ("post" in paths[where]) == bool(flow.opens)
    if flow.opens:
        opened = body(told, paths[where]["post"])
        facts = shape(told, opened["properties"]["facts"])
        assert set(facts["properties"]) == {need.name for need in flow.opening}
    columns = told["components"]["schemas"][f"{camel(flow.name)}Columns"]["properties"]
    hidden = getattr(model, "AT_REST", frozenset())
    assert not set(columns) & set(hidden)


def test_no_operation_lacks_its_id_its_words_or_its_refusals(told):
    works = [(path, verb, work) for path, verbs in told["paths"].items() for verb, work in verbs.items()]
    names = [work["operationId"] for _, _, work in works]
    assert len(names) == len(set(names))
    for path, verb, work in works:
        assert BOTH.search(work["summary"]), path
        assert {"400", "401", "403", "404"} <= problems(work), path
        assert ("409" in problems(work)) == (verb == "post"), path
        assert [status for status in work["responses"] if status[0] == "2"], path
    assert sum(len(offered(desk)) for desk in DESKS.values()) == sum("_take_" in name for name in names)


@pytest.mark.slow
def test_the_description_is_valid(told):
    validate(told)
    broken = {**told, "paths": {"no slash": {"get": {}}}}
    with pytest.raises(Exception, match=r"no slash|does not match|not valid"):
        validate(broken)
