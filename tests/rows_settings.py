"""The least settings for the rooms that keep rows: which database comes from the environment."""

import json
import os
from pathlib import Path

SECRET_KEY = "only-for-tests"
INSTALLED_APPS = ["guanjian.ledger", "guanjian.jobs"]
DATABASES = {
    "default": json.loads(
        os.environ.get("ROWS_DATABASE", '{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}')
    )
}
GUANJIAN_HOME = Path(os.environ.get("ROWS_HOME", "/nonexistent"))
TASKS = {"default": {"BACKEND": "guanjian.jobs.backend.Backend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
