"""Whole stories in a real browser against a real server: several people, each in a session of their own."""
