"""The noun “oversight”: the notices of breach of duty between customs and police."""

from guanjian.api.desks import router_for
from guanjian.loops.oversight.views import DESK

router = router_for(DESK)
