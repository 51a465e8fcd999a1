"""Real databases: a killed process must leave something behind."""

from tests.postgres import *  # noqa: F403
