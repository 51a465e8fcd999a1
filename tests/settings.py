"""The product's settings with a home of their own, a fast password hash and an in-memory database."""

import os
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if "GUANJIAN_HOME" not in os.environ or os.environ.get("GUANJIAN_HOME_OF", "") != WORKER:
    # of each worker its own, or one would clear the cache in which the other counts wrong passwords
    os.environ |= {"GUANJIAN_HOME": tempfile.mkdtemp(prefix="guanjian-tests-"), "GUANJIAN_HOME_OF": WORKER}
os.environ.setdefault("GUANJIAN_INSECURE", "1")

from guanjian.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GUANJIAN_SCRYPT = 4
