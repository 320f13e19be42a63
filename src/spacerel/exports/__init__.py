"""Ways to hand the log to another program, a file each.

Every module here has `write(log, events, out, *, ...)`; its docstring says what it is for and what it cannot carry. A
keyword of `write` is something that the export wants to know (`as_of`, `today`, `query`, `title`) or lets a person choose
(`bom`, `guard`, `delimiter`). `BINARY = True` marks one that writes bytes. Names that begin with `_` are shared parts.
"""
