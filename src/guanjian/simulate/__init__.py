"""What would an administration look like if we knew the truth? One generator, scenarios, planted truth; all of it simulated."""

from guanjian.simulate.generate import run
from guanjian.simulate.truth import Truth

__all__ = ["Truth", "run"]
