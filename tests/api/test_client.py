"""A client generated from OpenAPI takes a clue from its opening to its end, over HTTP, each step with its own person's key."""

import importlib
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.api.served import serving

pytestmark = pytest.mark.slow
GENERATOR = Path(sys.executable).with_name("openapi-python-client")
FORM = {
    "source": "audit",
    "source_papers": ["220120261000000001"],
    "modus": ["low_price"],
    "enterprises": ["3122960001"],
    "hs_code": "8703",
    "value_cny": "900000",
    "evaded_cny": "300000",
    "handlers": ["甲", "乙"],
    "papers": ["letter", "report"],
    "summary": "申报价格明显低于同期同类商品，发票与付汇金额不符。",
}
STORY = (  # who, which step, what is given, and how it stands then
    ("front", "submit", FORM, "submitted"),
    ("house_head", "approve", {"opinion": "同意移交"}, "approved"),
    ("front", "transfer", {"transferred_by": "甲"}, "transferred"),
    ("police", "receive", {"receipt_no": "缉收〔2026〕1号"}, "reviewed"),
    ("police_head", "refuse", {"reason": "证据不足以认定主观故意"}, "not_filed"),
    ("function", "accept_refusal", {"opinion": "接受"}, "settled"),
    ("police", "explain", {"feedback": "价格差异由付款条件造成，已核实合同。"}, "fed_back"),
    ("function", "propose_no_gap", {"reason": "审价环节按规定办理，没有漏洞"}, "no_gap"),
    ("oversight", "countersign", {"opinion": "同意"}, "closed"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def outside(office, tmp_path_factory):
    """The package that the generator makes of what the server tells."""
    address, keys = office
    folder = tmp_path_factory.mktemp("client")
    asked = urllib.request.Request(f"{address}/api/openapi.json", headers={"Authorization": f"Bearer {keys['front']}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        (folder / "openapi.json").write_bytes(answer.read())
    (folder / "config.yml").write_text(json.dumps({"post_hooks": []}))
    words = ["generate", "--path", "openapi.json", "--meta", "none", "--output-path", "outside_client"]
    done = subprocess.run(
        [GENERATOR, *words, "--config", "config.yml", "--fail-on-warning"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield lambda name: importlib.import_module(f"outside_client.{name}")
    sys.path.remove(str(folder))


def call(outside, office, who, operation, shape, **parts):
    """One operation of the generated client, with this person's key."""
    address, keys = office
    if shape:
        given = parts.pop("given")
        parts["body"] = getattr(outside("models"), shape).from_dict(given)
    with outside("client").AuthenticatedClient(base_url=address, token=keys[who]) as client:
        return outside(f"api.clue.{operation}").sync_detailed(client=client, **parts)


def test_a_generated_client_takes_a_clue_from_opening_to_its_end(outside, office):
    facts = {"title": "低报价格线索", "subject_id": "3122960001"}
    opened = call(outside, office, "front", "clue_open", "ClueOpened", given={"facts": facts})
    assert (opened.status_code, opened.parsed.state.value) == (201, "registered")
    record = opened.parsed
    for who, step, given, state in STORY:
        shape = "Clue" + "".join(part.capitalize() for part in step.split("_")) + "Taken"
        taken = {"version": record.version, "facts": given}
        answer = call(outside, office, who, f"clue_take_{step}", shape, pk=record.id, given=taken)
        assert answer.status_code == 200, (step, answer.content.decode())
        record = answer.parsed
        assert record.state.value == state
    assert record.closed_at is not None
    assert record.columns.hs_code == "8703"
    assert record.facts.to_dict()["receive"] == {"receipt_no": "缉收〔2026〕1号"}
    listed = call(outside, office, "police", "clue_list", "", tab=outside("models").Tab.CLOSED)
    assert [one.key for one in listed.parsed.items] == [record.key]


def test_a_refusal_comes_as_the_problem_that_the_description_tells(outside, office):
    facts = {"title": "另一件", "subject_id": ""}
    record = call(outside, office, "front", "clue_open", "ClueOpened", given={"facts": facts}).parsed
    taken = {"version": record.version, "facts": {"receipt_no": "1"}}
    refused = call(outside, office, "police", "clue_take_receive", "ClueReceiveTaken", pk=record.id, given=taken)
    assert refused.status_code == 403
    assert "不能进行" in refused.parsed.error
    assert "cannot be taken" in refused.parsed.error_en
    absent = call(outside, office, "police", "clue_one", "", pk=999_999)
    assert (absent.status_code, type(absent.parsed).__name__) == (404, "Problem")
