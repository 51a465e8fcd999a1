"""The noun “alerts”."""

from guanjian.api.desks import router_for
from guanjian.loops.alert.views import DESK

router = router_for(DESK)
