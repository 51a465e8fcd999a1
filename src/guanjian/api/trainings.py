"""The noun “trainings”."""

from guanjian.api.desks import router_for
from guanjian.loops.training.views import DESK

router = router_for(DESK)
