"""`python -m policyaudit` is the command `policyaudit`."""

from policyaudit.cli import main

main()
