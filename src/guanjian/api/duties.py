"""The noun “duties”."""

from guanjian.api.desks import router_for
from guanjian.loops.duty.views import DESK

router = router_for(DESK)
