"""docs/signals.md, written from the catalogue itself: what an officer reads is what the code says of itself."""

from __future__ import annotations

from pathlib import Path

from guanjian.signals.catalogue import catalogue
from guanjian.signals.detector import Detector

HEAD = """# 风险规则目录 · Detectors

本页由 `python -m guanjian.signals.page` 从规则自身的说明生成，请勿手改。Generated from the detectors' own help pages.

每条发现是线索，不是结论：附有观测值、期望值、所依据的记录和参数。有 p 值的规则按全部检验次数控制错误发现率
（Benjamini–Hochberg），只报 q 不大于 0.05 的；对人的比较只在同样的工作、同一班次之内进行。
A finding is a lead, never a verdict. Statistical detectors carry p and, over everything tested, q.

| 编号 | 规则 | Detector | 对象 | 读取的表 | 错误控制 |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    known = catalogue().values()
    return HEAD + "\n".join(map(_row, known)) + "\n\n" + "\n".join(map(_section, known))


def _row(detector: Detector) -> str:
    tables = "、".join((*detector.reads, *(f"（{name}）" for name in detector.may_read)))
    control = "p、q" if detector.statistical else "—"
    subject = detector.subject.label.zh
    return f"| {detector.code} | {detector.title.zh} | {detector.title.en} | {subject} | {tables} | {control} |"


def _section(detector: Detector) -> str:
    params = "\n".join(
        f"| `{detector.code}.{name}` | {param.default} | {param.unit.zh} {param.unit.en} | {param.means.zh} · {param.means.en} |"
        for name, param in detector.params.items()
    )
    pooled = f"\n合并估计 Pooled: {detector.pooled}.\n" if detector.pooled else ""
    return (
        f"## {detector.code} {detector.title.zh} · {detector.title.en}\n\n{_lines(detector.help)}\n{pooled}\n"
        f"| 参数 | 默认 | 单位 | 含义 |\n|---|---|---|---|\n{params}\n\n"
        f"发现的说明 What a finding says: {detector.says.zh}\n\n"
        f"小例子 Example:\n\n```text\n{detector.example.strip()}\n```\n"
    )


def _lines(text: str) -> str:
    """The three obligatory lines stand out."""
    for word in ("Score:", "Silent when:", "Misses:"):
        text = text.replace(f"\n{word}", f"\n- **{word}**")
    return text


if __name__ == "__main__":
    Path("docs/signals.md").write_text(page(), encoding="utf-8")
