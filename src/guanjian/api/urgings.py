"""The noun “urgings”: what was overdue and was urged."""

from guanjian.api.desks import router_for
from guanjian.loops.urge.views import DESK

router = router_for(DESK)
