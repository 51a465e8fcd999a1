"""`python -m guanjian.cli` is the command `guanjian`."""

from guanjian.cli import main

main()
