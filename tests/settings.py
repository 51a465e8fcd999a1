"""The product's settings with a home of their own, a fast password hash and an in-memory database."""

import os
import tempfile

os.environ.setdefault("GUANJIAN_HOME", tempfile.mkdtemp(prefix="guanjian-tests-"))
os.environ.setdefault("GUANJIAN_INSECURE", "1")

from guanjian.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GUANJIAN_SCRYPT = 4
