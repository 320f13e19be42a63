"""The verbs, a file each: `commands/NAME.py` holds a function NAME, whose docstring is its help.

A command that takes a `Query` first gets all shared options (see `spacerel.cli.reading`); what it finds it returns as a Table.
"""
