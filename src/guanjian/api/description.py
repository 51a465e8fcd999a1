"""What OpenAPI tells: one operation to each step that a person takes, with its facts, its answer and every refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from django.db import models

from guanjian.api.shapes import own_columns, schema
from guanjian.kernel.flow import Step
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.posts import Post
from guanjian.pages.desk import DESKS, Desk

Json = dict[str, Any]
TAKE = "_take"
REFUSALS = {
    "400": Text("所填内容有误，句中写明何处", "Something given cannot be used; the sentence says what"),
    "401": Text("未登录，或密钥无效", "Nobody is signed in, or the key has ended"),
    "403": Text("不能这样办理，句中写明原因", "It is not allowed; the sentence says why"),
    "404": Text("没有，或不在可见范围内", "There is none, or none within reach"),
    "409": Text("刚刚已有人办理", "Somebody was quicker"),
}
KINDS = {
    models.DateTimeField: {"type": "string", "format": "date-time"},
    models.DateField: {"type": "string", "format": "date"},
    models.DecimalField: {"type": "string", "format": "decimal"},
    models.CharField: {"type": "string"},
    models.TextField: {"type": "string"},
    models.BooleanField: {"type": "boolean"},
    models.IntegerField: {"type": "integer"},
    models.FloatField: {"type": "number"},
    models.JSONField: {},
}


def both(text: Text) -> str:
    """Both languages in one line."""
    return f"{text.zh} · {text.en}"


def told(described: Json) -> Json:
    """The library's description, with each step of each loop in the place of “any step”."""
    shapes, paths = described["components"]["schemas"], {}
    for path, works in described["paths"].items():
        loop = works.get("post", {}).get("operationId", "").removesuffix(TAKE)
        if path.endswith("/{step}") and loop in DESKS:
            paths |= dict(_steps(path, works["post"], DESKS[loop], shapes))
        else:
            paths[path] = works
    for desk in DESKS.values():
        shapes |= _record(desk.model, shapes["Whole"])
        shapes |= _opening(desk) if desk.model.FLOW.opens else {}
    for works in paths.values():
        for verb, work in works.items():
            _answers(verb, work)
            _named(work.get("parameters", ()), shapes)
    described["paths"] = paths
    return described


def offered(desk: Desk) -> list[Step]:
    """The steps that a person takes: what the system does by itself nobody asks for."""
    return [step for step in desk.model.FLOW.steps if step.by != (Post.SYSTEM,)]


def camel(name: str) -> str:
    """`file_criminal` as the name of a shape."""
    return "".join(part.capitalize() for part in name.split("_"))


def _steps(path: str, work: Json, desk: Desk, shapes: Json) -> Iterator[tuple[str, Json]]:
    for step in offered(desk):
        name = f"{camel(desk.name)}{camel(step.name)}"
        shapes[f"{name}Facts"], shapes[f"{name}Taken"] = _facts(step.needs), _taken(name, step)
        one = deepcopy(work) | {
            "operationId": f"{desk.name}{TAKE}_{step.name}",
            "summary": both(step.title),
            "description": _said(desk, step),
        }
        one["parameters"] = [each for each in one["parameters"] if each["name"] != "step"]
        one["requestBody"] = {"required": True, "content": _json(f"{name}Taken")}
        yield path.replace("{step}", step.name), {"post": one}


def _said(desk: Desk, step: Step) -> str:
    """Whose step it is, from which states to which, and its help."""
    states = desk.model.FLOW.state
    target = states(step.target).label if step.target else Text("（不变）", "(the same)")
    return both(
        Text(
            "由{posts}在“{sources}”状态下办理，办后为“{target}”。{help}",
            "For {posts} in state “{sources}”; afterwards “{target}”. {help}",
        ).filled(
            posts=_listed([post.label for post in step.by]),
            sources=_listed([states(one).label for one in step.source]),
            target=target,
            help=step.help or "",
        )
    )


def _listed(texts: list[Text]) -> Text:
    return Text("、".join(one.zh for one in texts), " or ".join(one.en for one in texts))


def _facts(needs: tuple) -> Json:
    return {**schema(needs), "additionalProperties": False}


def _taken(name: str, step: Step) -> Json:
    version = {"type": "integer", "description": "所见的版本 · The version that was seen"}
    required = ["version", *(["facts"] if any(need.required for need in step.needs) else [])]
    return {
        "type": "object",
        "properties": {"version": version, "facts": {"$ref": f"#/components/schemas/{name}Facts"}},
        "required": required,
    }


def _record(model: type[Record], whole: Json) -> Json:
    """A record of this loop: its states, and the columns that the loop adds."""
    name, shape = camel(model.FLOW.name), deepcopy(whole)
    said = "；".join(f"{state.value} {both(state.label)}" for state in model.FLOW.states)
    shape["title"] = f"Whole{name}"
    shape["properties"]["state"] = {
        "type": "string",
        "enum": [state.value for state in model.FLOW.states],
        "description": said,
    }
    shape["properties"]["columns"] = {"$ref": f"#/components/schemas/{name}Columns"}
    steps = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": True}}
    shape["properties"]["facts"] = steps | {"description": "各步所填 · What was given at each step"}
    columns = {field.name: _column(field) for field in own_columns(model)}
    return {
        f"Whole{name}": shape,
        f"{name}Columns": {"type": "object", "properties": columns, "required": sorted(columns)},
    }


def _column(field: models.Field) -> Json:
    kind = next(shape for known, shape in KINDS.items() if isinstance(field, known))
    return {"anyOf": [kind, {"type": "null"}]} if field.null and kind else dict(kind)


def _named(parameters: Iterable[Json], shapes: Json) -> None:
    """A closed list that has a name of its own is told by it, so that a generated client has one type for it."""
    for one in parameters:
        [shape] = one["schema"].get("allOf", [{}])
        if shape.get("title") in shapes:
            one["schema"] = {"$ref": f"#/components/schemas/{shape['title']}"}


def _answers(verb: str, work: Json) -> None:
    """Which record comes back, what opening wants, and every refusal in the one shape that it has."""
    loop, _, what = work["operationId"].partition("_")
    work["responses"] = answers = {str(status): answer for status, answer in work["responses"].items()}
    if loop in DESKS and what.partition("_")[0] in ("one", "take", "open"):
        for status in {"200", "201"} & set(answers):
            answers[status] = {"description": "办后情况 · How it stands now", "content": _json(f"Whole{camel(loop)}")}
        if what == "open":
            work["requestBody"] = {"required": True, "content": _json(f"{camel(loop)}Opened")}
    if "204" in answers:
        answers["204"] = {"description": "已办，本件不再可见 · Done; it is no longer within your reach"}
    for status, text in REFUSALS.items():
        if status != "409" or verb == "post":
            answers.setdefault(status, {"description": both(text), "content": _json("Problem")})


def _opening(desk: Desk) -> Json:
    """What opening one by hand wants."""
    name = camel(desk.name)
    facts = {"$ref": f"#/components/schemas/{name}OpenFacts"}
    opened = {"type": "object", "properties": {"facts": facts}, "required": ["facts"]}
    return {f"{name}OpenFacts": _facts(desk.model.FLOW.opening), f"{name}Opened": opened}


def _json(shape: str) -> Json:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
