"""`python -m complaints_learning` is `cl`."""

from complaints_learning.cli import main

main()
