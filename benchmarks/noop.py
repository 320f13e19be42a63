"""spacerel with every option of its own and a command that does nothing: what a start costs before any work."""

import gc
import sys

gc.disable()  # as spacerel.__main__ does

from spacerel import cli  # noqa: E402

_reading = cli.reading


def _declared_only(command):  # type: ignore[no-untyped-def]
    run = _reading(command)

    def nothing(ctx, **values):  # type: ignore[no-untyped-def]
        pass

    nothing.__signature__ = run.__signature__
    nothing.__annotations__ = run.__annotations__
    nothing.__doc__ = run.__doc__
    return nothing


cli.reading = _declared_only
sys.argv[0] = "spacerel"
cli.main()
