"""The noun “courses”."""

from guanjian.api.desks import router_for
from guanjian.loops.course.views import DESK

router = router_for(DESK)
