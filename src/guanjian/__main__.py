"""`python -m guanjian` is the command `guanjian`."""

from guanjian.cli import main

main()
