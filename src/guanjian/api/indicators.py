"""The noun “indicators”."""

from guanjian.api.desks import router_for
from guanjian.loops.indicator.views import DESK

router = router_for(DESK)
