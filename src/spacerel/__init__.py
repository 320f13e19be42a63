"""Who works with whom in space, since when, and how we know.

    import spacerel

    log = spacerel.load()
    spacerel.select(log, agency="roscosmos", act="end", period="2022")
    spacerel.standings(log, "2022-12-31")

Behind these stand the rooms: `spacerel.log` reads, `spacerel.selection` selects events, `spacerel.standing` folds the
standing of every partnership on any day, `spacerel.relations` answers questions about them. Importing this package costs
nothing: what it offers is imported when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spacerel.__about__ import __version__
    from spacerel.errors import DataError, SpacerelError, UsageError
    from spacerel.model import Actor, Event, Log, Outcome, Partnership, Source
    from spacerel.notebook import Standing, load, select, standings

__all__ = [
    "Actor",
    "DataError",
    "Event",
    "Log",
    "Outcome",
    "Partnership",
    "Source",
    "SpacerelError",
    "Standing",
    "UsageError",
    "__version__",
    "load",
    "select",
    "standings",
]

_HOMES = {
    "__about__": ("__version__",),
    "errors": ("DataError", "SpacerelError", "UsageError"),
    "model": ("Actor", "Event", "Log", "Outcome", "Partnership", "Source"),
    "notebook": ("Standing", "load", "select", "standings"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"spacerel.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
