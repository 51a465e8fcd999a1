"""The noun “postings”."""

from guanjian.api.desks import router_for
from guanjian.loops.posting.views import DESK

router = router_for(DESK)
