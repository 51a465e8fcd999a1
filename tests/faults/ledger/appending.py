"""A process to be killed: appends entries one by one, says each id after its commit, and seals between, without end."""

import sys

import django

django.setup()

from guanjian.ledger.rows import append  # noqa: E402
from guanjian.ledger.sequencer import seal  # noqa: E402

mode = sys.argv[1]
while True:
    if "append" in mode:
        print(append("2200", "alert.sign", "alert:1", "u", {}).id, flush=True)
    if "seal" in mode:
        seal("2200", batch=3)
