"""The examples of a Markdown file, from real runs: every fenced block that begins with `$ spacerel ...` is a session.

`python tests/readme.py README.md` says whether they are current, with --write it makes them so.
"""

import re
import sys
from pathlib import Path

from screens import run

SESSION = re.compile(r"^```console\n\$ (spacerel [^\n]*)\n.*?^```$", re.DOTALL | re.MULTILINE)


def current(text: str) -> str:
    """The text with every session as it runs today."""
    return SESSION.sub(lambda match: f"```console\n$ {match[1]}\n{run(match[1])}```", text)


def main(arguments: list[str]) -> int:
    """Check, or with --write mend, the files that are named."""
    stale = 0
    for name in arguments:
        if name == "--write":
            continue
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        new = current(text)
        if new != text and "--write" in arguments:
            path.write_text(new, encoding="utf-8")
        elif new != text:
            stale = 1
            sys.stderr.write(f"{name}: examples are out of date. Run: python tests/readme.py --write {name}\n")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
