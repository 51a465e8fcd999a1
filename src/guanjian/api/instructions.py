"""The noun “instructions”."""

from guanjian.api.desks import router_for
from guanjian.loops.instruction.views import DESK

router = router_for(DESK)
