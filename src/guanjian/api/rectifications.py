"""The noun “rectifications”."""

from guanjian.api.desks import router_for
from guanjian.loops.rectify.views import DESK

router = router_for(DESK)
