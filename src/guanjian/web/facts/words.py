"""What the columns of facts are called on the page; how each is shown."""

from guanjian.kernel.words import Text

WORDS = {
    "entry_id": Text("报关单号", "Declaration"),
    "unit_code": Text("关区", "Office"),
    "ie": Text("进出口", "Import or export"),
    "declared_at": Text("申报时间", "Declared"),
    "released_at": Text("放行时间", "Released"),
    "trade_mode": Text("监管方式", "Trade mode"),
    "duty_nature": Text("征免性质", "Duty nature"),
    "transport_mode": Text("运输方式", "Transport"),
    "trade_term": Text("成交方式", "Trade term"),
    "consignee_id": Text("收发货人", "Consignee"),
    "agent_id": Text("申报单位", "Agent"),
    "overseas_party": Text("境外收发货人", "Overseas party"),
    "departure_country": Text("启运国（地区）", "Country of departure"),
    "gross_kg": Text("毛重（千克）", "Gross weight (kg)"),
    "net_kg": Text("净重（千克）", "Net weight (kg)"),
    "packages": Text("件数", "Packages"),
    "value_cny": Text("货值", "Value"),
    "tax_cny": Text("税款", "Duty and tax"),
    "item_no": Text("项号", "Item"),
    "hs_code": Text("商品编号", "HS code"),
    "goods_name": Text("商品名称", "Goods"),
    "quantity": Text("数量", "Quantity"),
    "quantity_unit": Text("单位", "Unit"),
    "unit_price": Text("单价", "Unit price"),
    "origin_country": Text("原产国（地区）", "Origin"),
    "mode": Text("查验方式", "Mode"),
    "required_mode": Text("要求的方式", "Mode required"),
    "officer1": Text("主查", "First officer"),
    "officer2": Text("陪同", "Second officer"),
    "started_at": Text("开始", "Begun"),
    "ended_at": Text("结束", "Ended"),
    "finding": Text("查获", "Find"),
    "handling": Text("处理意见", "Handling"),
    "lane": Text("选查方式", "Lane"),
    "selected": Text("选中", "Selected"),
    "propensity": Text("选中概率", "Chance of selection"),
    "decided_at": Text("决定时间", "Decided"),
    "activity": Text("环节", "Activity"),
    "officer_id": Text("经办", "By"),
    "post": Text("岗位", "Post"),
    "at": Text("时间", "At"),
    "name": Text("名称", "Name"),
    "industry": Text("行业", "Industry"),
    "credit_level": Text("信用等级", "Credit level"),
    "registered_on": Text("注册日期", "Registered"),
    "legal_rep": Text("法定代表人", "Legal representative"),
    "phone": Text("电话", "Phone"),
    "address": Text("地址", "Address"),
    "declarations": Text("报关单数", "Declarations"),
    "units": Text("申报口岸数", "Offices used"),
    "first_at": Text("最早申报", "First declared"),
    "last_at": Text("最近申报", "Last declared"),
    "examined": Text("查验批次", "Examined"),
    "found": Text("查获批次", "Finds"),
    "month": Text("月份", "Month"),
    "items": Text("商品项数", "Items"),
    "price_low": Text("低位（10%）", "Low (10 %)"),
    "price_middle": Text("中位", "Middle"),
    "price_high": Text("高位（90%）", "High (90 %)"),
}
KINDS = {
    **dict.fromkeys(("value_cny", "tax_cny", "unit_price", "price_low", "price_middle", "price_high"), "money"),
    **dict.fromkeys(
        ("declared_at", "released_at", "started_at", "ended_at", "decided_at", "at", "first_at", "last_at"), "when"
    ),
    **dict.fromkeys(("declarations", "units", "examined", "found", "packages", "items"), "number"),
    "unit_code": "unit",
    "officer1": "person",
    "officer2": "person",
    "officer_id": "person",
}
HEAD = (
    *("entry_id", "unit_code", "ie", "declared_at", "released_at", "trade_mode", "transport_mode", "trade_term"),
    *("consignee_id", "agent_id", "overseas_party", "departure_country", "gross_kg", "net_kg", "packages"),
    *("value_cny", "tax_cny"),
)
ITEMS = ("item_no", "hs_code", "goods_name", "quantity", "quantity_unit", "unit_price", "value_cny", "origin_country")
EXAMINATIONS = ("mode", "required_mode", "officer1", "officer2", "started_at", "ended_at", "finding", "handling")
SELECTIONS = ("decided_at", "lane", "selected", "propensity")
EVENTS = ("at", "activity", "officer_id", "post")
MASTER = ("name", "industry", "credit_level", "registered_on", "legal_rep", "phone", "address")
TOTALS = ("declarations", "value_cny", "tax_cny", "units", "first_at", "last_at")
FINDS = ("examined", "found")
NEWEST = ("entry_id", "unit_code", "declared_at", "trade_mode", "value_cny", "tax_cny")
CODES = {"ie": "ie", "trade_mode": "trade_mode", "transport_mode": "transport_mode", "trade_term": "trade_term"}
CODES |= {"mode": "exam_mode", "required_mode": "exam_mode", "lane": "lane", "activity": "activity", "post": "post"}
CODES |= {"handling": "handling"}
MONTHS = ("month", "declarations", "value_cny", "tax_cny", "examined", "found")
PRICES = ("hs_code", "quantity_unit", "items", "price_low", "price_middle", "price_high")
TRADERS = ("consignee_id", "declarations", "value_cny", "examined", "found")
WATCHED = {
    "hs_code": Text("联合监控·商品", "Joint watch · commodity"),
    "enterprise": Text("联合监控·企业", "Joint watch · enterprise"),
    "industry": Text("联合监控·行业", "Joint watch · industry"),
}
KINDS_OF_PAGE = {**WATCHED, "entry": Text("报关单", "Declaration"), "enterprise": Text("企业", "Enterprise")}
