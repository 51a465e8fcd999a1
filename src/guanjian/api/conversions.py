"""The noun “conversions”."""

from guanjian.api.desks import router_for
from guanjian.loops.convert.views import DESK

router = router_for(DESK)
