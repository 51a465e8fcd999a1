"""The noun “operations”."""

from guanjian.api.desks import router_for
from guanjian.loops.operation.views import DESK

router = router_for(DESK)
