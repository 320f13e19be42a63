"""Coverage-guided fuzzing of the reader and of fmt; not part of the suite. `just fuzz 600` runs it for ten minutes.

For any bytes, with libyaml and with PyYAML's own parser: a log, or problems with a place, and never an exception. What fmt
writes has the same meaning and comes back from fmt as it is. An input that breaks this is kept as a file and named.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["spacerel", "yaml"]):
    import yaml.parser
    import yaml.reader
    import yaml.scanner  # noqa: F401 - instrumented before the reader asks for them

    from spacerel import log, writing
    from spacerel.commands.check import codes
    from spacerel.errors import DataError

import test_fmt
import test_log
import test_yaml
from small_log import TEXT
from spacerel.commands.init import BEGINNING

CODES = frozenset(codes())
WORDS = (
    *("&a ", "*a", "? ", "- ", ": ", "<<: ", "!!str ", "!x ", "%YAML 1.2", "%TAG ! x", "---", "...", "|", "|+", "|2-", ">-"),
    *("\\\\x41", "\\\\u2028", "\\x09", "\\x0a", " # x", "\\xef\\xbb\\xbf", "\\xc2\\x85", "\\xe2\\x80\\xa8", "{", "}", "[", "]", ", "),
    *("spacerel: 1", "actors:", "partnerships:", "events:", "id: ", "date: ", "sources:", "outcome: {status: ", "because: ["),
)  # fmt: skip
PARSERS: tuple[Callable[[bytes], Any], ...] = (log._parser, log._pure_parser)


def one(content: bytes) -> None:
    for parser in PARSERS:
        setattr(log, "_parser", parser)  # noqa: B010 - mypy takes functions for constants
        found, problems = log.problems(["x"], {"x": content})
        assert found is not None or problems
        assert all(problem.place.line > 0 and problem.place.column > 0 for problem in problems)
        assert all(problem.code in CODES for problem in problems)
        try:
            after = writing.canonical("x", content)
        except DataError:  # it keeps the file as it is
            continue
        again, _ = log.problems(["x"], {"x": after})
        assert found is not None
        assert again is not None
        assert writing._meaning(again) == writing._meaning(found)
        assert writing.canonical("x", after) == after


def main() -> None:
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder, "corpus"), Path(folder, "words")
        corpus.mkdir()
        seeds = [TEXT, BEGINNING, test_fmt.UNTIDY, test_fmt.TIDY, test_log.BASE, *test_yaml.seeds()]
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed.encode() if isinstance(seed, str) else seed)
        words.write_text("".join(f'"{word}"\n' for word in WORDS), encoding="utf-8")
        limits = [f"-max_total_time={seconds}", "-max_len=6000", "-timeout=20", "-rss_limit_mb=2000"]
        atheris.Setup([sys.argv[0], str(corpus), f"-dict={words}", *limits, "-print_final_stats=1"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
