"""What the generic tests must know of the loops of governance: their facts, their records, who reads them."""

from __future__ import annotations

from datetime import date

from guanjian.loops.filing.models import Filing
from guanjian.loops.preview.models import Preview
from guanjian.loops.preview.needs import Flag, Hazard
from guanjian.loops.rulebook.models import Rulebook
from tests.days import Ahead

EXPERT = {"name": "某教授", "home": "某大学", "interest": "none", "said": "程序设计合理。"}
MOVE = {"node": "inspect_plan", "from_post": "examination", "to_post": "risk"}
MET = {
    "entitled": "5",
    "attended": ["甲", "乙", "丙", "丁"],
    "votes_for": "3",
    "votes_against": "1",
    "votes_withheld": "0",
}
PARTICULAR = {
    ("preview", "announce"): {"consult_until": Ahead(31)},
    ("preview", "consult_experts"): {"experts": [EXPERT, {**EXPERT, "name": "某研究员"}]},
    ("preview", "pass_integrity"): {
        "hazards": [{"kind": kind.value, "where": "第五条", "against": "双人复核"} for kind in Hazard]
    },
    ("preview", "pass_control"): {"moves": [MOVE], "nothing_moves": False, "flags": list(Flag), "residual": "low"},
    ("preview", "decide"): MET,
    ("preview", "refuse"): MET,
    ("rulebook", "promulgate"): lambda rule: {"order_no": f"沪关规〔2026〕{rule.pk}号", "in_force_on": Ahead(40)},
    ("rulebook", "begin_evaluation"): {"from_day": Ahead(-30), "until_day": Ahead(0)},
    ("rulebook", "measure"): {"tested": "40", "breached": "1"},
    ("rulebook", "keep"): {"loopholes": "0", "grade": "good"},
    ("rulebook", "repeal"): lambda rule: {
        "repealed_on": Ahead(60),
        "fates": [{"cited": one.key, "fate": "stops", "to": ""} for one in rule.citations()],
    },
    ("filing", "ask_supplement"): {"missing": ["record"]},
    ("filing", "suspend"): {"again_on": Ahead(20)},
}
PREPARED = {
    ("preview", "sum_up"): {"consult_until": date(2020, 1, 1)},
    ("preview", "revise_deeply"): {"substantial": True},
    ("rulebook", "take_over"): {"origin": "", "in_force_on": date(2020, 1, 1)},
    ("rulebook", "strike"): {"origin": ""},
    ("rulebook", "take_effect"): {"in_force_on": date(2020, 1, 1)},
    ("rulebook", "lapse"): {"repealed_on": date(2020, 1, 1)},
    ("rulebook", "keep"): {"tested": 40, "breached": 1},
    ("filing", "accept"): {"papers": ["report", "text", "explanation", "record"]},
}
FIELDS = {
    "preview": {"text": "第一条 为规范查验作业，制定本办法。"},
    "rulebook": {"origin": "preview/0", "text": "第一条 为规范查验作业，制定本办法。"},
    "filing": {"decided": "preview/0"},
}
MODELS = (Preview, Filing, Rulebook)
READERS = {"preview": "function", "filing": "function", "rulebook": "front"}
NOUNS = {"preview": "previews", "filing": "filings", "rulebook": "rules"}
