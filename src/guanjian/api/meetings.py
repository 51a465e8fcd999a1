"""The noun “meetings”."""

from guanjian.api.desks import router_for
from guanjian.loops.meeting.views import DESK

router = router_for(DESK)
