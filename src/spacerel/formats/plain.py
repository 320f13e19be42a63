"""One record a line for other programs: fields with tabs between them, no header, full ids and ISO dates.

A tab or line end inside a value becomes a space, any other control character is written out; lists are joined with ",".
"""

from typing import TextIO

from spacerel.table import Settings, Table, chosen, text_of, visible

EXTENSIONS = (".tsv",)


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the `plain` columns, or the fields that a person named."""
    columns = chosen(table, settings.fields)
    if not settings.fields:
        columns = tuple(column for column in table.columns if column.plain)
    values = [column.value for column in columns]
    out.writelines("\t".join([visible(text_of(value(row))) for value in values]) + "\n" for row in table.rows)
