"""The noun “fieldwork”: jobs outside the office; what devices signed comes in through the page on site or as items here."""

from guanjian.api.desks import router_for
from guanjian.loops.fieldwork.views import DESK

router = router_for(DESK)
