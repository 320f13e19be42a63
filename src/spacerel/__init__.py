"""Who works with whom in space, since when, and how we know.

spacerel reads an event log (`spacerel.log.read`), selects events (`spacerel.selection`), folds the standing of every
partnership on any day (`spacerel.standing`) and answers questions about them (`spacerel.relations`). Importing this
package costs nothing: its rooms are imported by name where they are needed.
"""

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    if name == "__version__":
        from spacerel.__about__ import __version__

        return __version__
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
