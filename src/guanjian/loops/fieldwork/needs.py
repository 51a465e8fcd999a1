"""What a plan, a device and the record of an examination give (domain §4.7: fields and what is obligatory)."""

from __future__ import annotations

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.loops.fieldwork.chain import told
from guanjian.loops.fieldwork.codes import (
    About,
    Agreement,
    Disposal,
    Element,
    Kind,
    Manner,
    Met,
    Packing,
    Result,
    Seal,
)

PLAN = (
    Need("kind", Text("作业类型", "Kind of work"), "choice", Kind),
    Need("subject_type", Text("作业对象", "About"), "choice", About),
    Need("subject_id", Text("报关单号或企业代码", "Declaration number or enterprise code")),
    Need("place", Text("作业地点", "Place")),
    Need("place_lon", Text("经度", "Longitude"), help=Text("十进制度，如 121.503", "Decimal degrees, such as 121.503")),
    Need("place_lat", Text("纬度", "Latitude"), help=Text("十进制度，如 31.245", "Decimal degrees, such as 31.245")),
    Need("planned_start", Text("计划开始", "Planned start"), "moment"),
    Need("planned_end", Text("计划结束", "Planned end"), "moment"),
    Need("officers", Text("作业人员（工号，两人，每行一人）", "Officers (two ids, one a line)"), "many"),
)  # fmt: skip
KEY = Need("key", Text("设备公钥", "Public key of the device"), shown=lambda key: key[:16] + "…")
CLOCK = Need("clock", Text("设备时间", "Time of the device"), "moment")
ITEM = Need("item", Text("设备签名条目", "Item signed on the device"), "text", max_length=40_000, shown=told)
SIGNATURE = Need("signature", Text("设备签名", "Signature of the device"), shown=lambda sealed: sealed[:16] + "…")
WHY = Need("why", Text("未采用的原因", "Why it has no effect"), "text")
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("审批意见", "Opinion"), "text", min_length=2)

RECORD = (
    Need("exam_addr", Text("查验地点", "Place of examination")),
    Need("manner", Text("查验方式", "Manner"), "choice", Manner),
    Need("containers", Text("集装箱", "Containers"), "rows", required=False, columns=(
        Need("container_id", Text("箱号", "Container")),
        Need("seal", Text("箱体/封志核对", "Body and seal"), "choice", Seal),
        Need("new_seal", Text("重封号", "New seal"), required=False),
    )),
    Need("packing", Text("货物包装", "Packing"), "choice", Packing),
    Need("packing_other", Text("其他包装说明", "Other packing"), required=False),
    Need("papers", Text("随附单据清单", "Papers"), "rows", columns=(
        Need("paper", Text("单据", "Paper")),
        Need("count", Text("份数", "Copies"), "number"),
    )),
    Need("requirements", Text("查验要求及结果", "Requirements and results"), "rows", required=False, columns=(
        Need("requirement", Text("查验要求", "Requirement")),
        Need("met", Text("结果", "Result"), "choice", Met),
    )),
    Need("goods", Text("货物核对", "Goods, declared and real"), "rows", required=False, columns=(
        Need("g_no", Text("项号", "Item"), "number"),
        Need("element", Text("核对要素", "Element"), "choice", Element),
        Need("declared", Text("申报", "Declared")),
        Need("real", Text("实际", "Real")),
        Need("agreement", Text("符/不符", "Agreement"), "choice", Agreement),
    )),
    Need("machine_result", Text("机检结论", "Machine inspection"), "choice", Result, required=False),
    Need("companion", Text("陪同查验人员", "Accompanied by"), required=False),
    Need("exam_result", Text("查验结果", "Result"), "choice", Result),
    Need("disposal", Text("处理意见", "Disposal"), "choice", Disposal),
    Need("other", Text("其他情况", "Other"), "text", required=False, max_length=500),
    Need("notes", Text("查验过程记录", "Record of the examination"), "text", min_length=10, max_length=1000),
)  # fmt: skip
