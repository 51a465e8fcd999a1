"""I-TAX, read plainly."""

from statistics import median

from tests.signals.indicators.plain.clr import per_accepted
from tests.signals.plain.tools import groups, month


def goods(world):
    """Each goods line of an import in general trade, with its entry."""
    heads = {head["entry_id"]: head for head in world["declarations"]}
    for item in world["items"]:
        head = heads[item["entry_id"]]
        if head["ie"] == "import" and head["trade_mode"] == "0110":
            yield item, head


def tax01(world):
    for head in world["declarations"]:
        if head["ie"] == "import" and head["trade_mode"] == "0110" and head["tax_cny"] is not None:
            yield head["unit_code"], head["declared_at"], head["tax_cny"], head["value_cny"]


def tax02(world):
    return per_accepted(world, "price_review")


def tax03(world, share, min_peers):
    priced = [(item, head) for item, head in goods(world) if item["quantity"] and item["value_cny"] > 0]

    def price(item):
        return float(item["value_cny"]) / float(item["quantity"])

    alike = groups(
        priced,
        lambda both: (
            both[0]["hs_code"],
            both[0]["origin_country"],
            both[0]["quantity_unit"],
            month(both[1]["declared_at"]),
        ),
    )
    for lines in alike.values():
        if len(lines) >= min_peers:
            middle = median(price(item) for item, _ in lines)
            for item, head in lines:
                yield head["unit_code"], head["declared_at"], price(item) <= middle * (1 - share), 1


def tax04(world):
    for item, head in goods(world):
        if item["tax_rate"] is not None:
            worth = item["value_cny"]
            yield head["unit_code"], head["declared_at"], worth if item["tax_rate"] == 0 else 0, worth


def tax05(world):
    for head in world["declarations"]:
        if head["ie"] == "import" and head["duty_nature"]:
            worth = head["value_cny"]
            yield head["unit_code"], head["declared_at"], worth if head["duty_nature"] == "403" else 0, worth
