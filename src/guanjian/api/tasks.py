"""The noun “tasks”."""

from guanjian.api.desks import router_for
from guanjian.loops.task.views import DESK

router = router_for(DESK)
