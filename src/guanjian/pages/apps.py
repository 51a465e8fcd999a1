"""The pages as a Django application: its templates, tags and static files, and how SQLite keeps their long statements."""

import sqlite3

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class PagesConfig(AppConfig):
    name = "guanjian.pages"
    label = "pages"
    verbose_name = "页面"

    def ready(self) -> None:
        connection_created.connect(keep_statements, dispatch_uid="guanjian.pages")


def keep_statements(connection: BaseDatabaseWrapper, **_: object) -> None:
    """A statement with REGEXP in it would be planned anew for every value; a long one takes longer to plan than to run."""
    if connection.vendor == "sqlite":
        connection.connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_QPSG, True)
