"""docs/nodes.md, written from the node catalogue and the way in which it is measured."""

from __future__ import annotations

from pathlib import Path

from guanjian.customs.codes import text_of
from guanjian.signals.nodes.catalogue import Node, nodes
from guanjian.signals.nodes.coverage import ENOUGH
from guanjian.signals.nodes.traces import LATE_HOURS

HEAD = f"""# 内控节点 · Internal-control nodes

本页由 `python -m guanjian.signals.nodes.page` 生成，请勿手改。Generated from `src/guanjian/signals/nodes/nodes.csv`.

四性由数据测出，不由人勾选：`guanjian nodes --lake DIR` 按节点、条线、关区给出有多少对象具备。对象是办理过的一个环节，
或者别的事实表明应当办理而没有留下记录的一个环节。

- **进系统 In the system**：在业务系统中办理或留痕（记录方式不是系统外，且应办的有记录）。
- **能监督 Supervisable**：已进系统，并且这个节点至少有一个信号（规则、指标或控制）能在这些数据上算出来。
- **留痕迹 Leaves a trace**：单位、经办人（或系统）齐全，服务器在发生之后 {LATE_HOURS} 小时内收到，没有早于发生。
- **可追溯 Traceable**：能回到开头：报关单回到接单，指令回到下达，处罚回到立案，外勤签到签退相接，问题对应到节点。

四性俱全的对象达到 {ENOUGH:.0%} 的节点计为覆盖；覆盖率 = 覆盖的节点 ÷ 有事实的节点。不留下自身事实的节点（如不相容岗位分离）
没有四性数字，由信号监督。Flags are measured as shares of objects, never ticked by hand.

| 节点 | 名称 | Node | 条线 | 岗位 | 风险 Risk | 等级 | 成因 | 措施 Measure | 方式 | 实现 | 监督 | 依据 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(map(_row, nodes().values())) + "\n"


def _row(node: Node) -> str:
    facts = node.facts
    coded = [
        text_of(name, facts[column]).zh
        for name, column in (
            ("severity", "level"),
            ("cause", "cause"),
            ("measure_kind", "measure_kind"),
            ("implementation", "implementation"),
        )
    ]
    cells = (
        node.code,
        node.title.zh,
        node.title.en,
        text_of("lines", node.line).zh,
        text_of("post", facts["post"]).zh,
        f"{node.risk.zh} · {node.risk.en}",
        *coded[:2],
        f"{node.measure.zh} · {node.measure.en}",
        *coded[2:],
        facts["supervisor"],
        facts["rule_ref"],
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    Path("docs/nodes.md").write_text(page(), encoding="utf-8")
