"""Seconds and gigabytes, measured and written to build/bench; never asserted. Run with `make bench`."""
