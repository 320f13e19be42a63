"""Reading and folding, without the start of a program: medians of several runs in one process, as JSON.

`python benchmarks/reading.py LOG` measures libyaml's own parse loop on the text (the unit), PyYAML's CSafeLoader to plain
dicts, PyYAML's events asked for and let go, the same put into dicts with nothing checked, spacerel's reader with all checks
and places, an entry of the cache, and the fold of all partnerships.
"""

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from yaml._yaml import CParser

from spacerel import cache, log, standing


def median(work: Callable[[], Any], times: int) -> float:
    """Seconds that a piece of work takes, the cyclic collector off, as for all of them."""
    found = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        begun = time.perf_counter()
        kept = work()
        found.append(time.perf_counter() - begun)
        gc.enable()
        del kept
    return statistics.median(found)


def dropped(text: str) -> None:
    """The least that PyYAML's events cost: each is asked for and let go."""
    get, end = CParser(text).get_event, yaml.StreamEndEvent
    while get().__class__ is not end:
        pass


def unchecked(text: str) -> Any:
    """The least that a reader of PyYAML's events does: dicts, lists and texts."""
    get = CParser(text).get_event

    def value(event: Any) -> Any:
        if event.__class__ is yaml.ScalarEvent:
            return event.value
        if event.__class__ is yaml.MappingStartEvent:
            found = {}
            while (key := get()).__class__ is yaml.ScalarEvent:
                found[key.value] = value(get())
            return found
        items = []
        while (item := get()).__class__ is not yaml.SequenceEndEvent:
            items.append(value(item))
        return items

    get()
    get()
    return value(get())


def main(path: str) -> None:
    """Print the medians of one log."""
    text = Path(path).read_text(encoding="utf-8")
    times = 9 if len(text) < 3_000_000 else 5 if len(text) < 30_000_000 else 1
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        whole = cache.read([path])
        found = {
            "parse loop": median(lambda: CParser(text).raw_parse(), times),
            "CSafeLoader": median(lambda: yaml.load(text, Loader=yaml.CSafeLoader), min(times, 3)),
            "events dropped": median(lambda: dropped(text), times),
            "events to dicts": median(lambda: unchecked(text), times),
            "reader": median(lambda: log.read([path]), times),
            "cache": median(lambda: cache.read([path]), times),
            "fold": median(lambda: [one.standing_on("2020-01-01") for one in standing.Courses(whole).values()], times),
        }
    print(json.dumps({"events": len(whole.events), "bytes": len(text.encode()), **found}))


if __name__ == "__main__":
    main(sys.argv[1])
