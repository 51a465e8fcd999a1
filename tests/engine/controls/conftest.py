"""The private PostgreSQL cluster, for the test that both databases answer alike."""

from tests.postgres import *  # noqa: F403
