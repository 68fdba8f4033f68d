"""`python -m app.cli` is `trainyard`."""

from app.cli.commands import main

main()
