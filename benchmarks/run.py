"""Every ratio of the table, measured in one run on one machine: `python benchmarks/run.py [--quick]`.

It installs hyperfine and hledger by their Debian names where they are missing (as root), and beancount into an environment
of its own. Whole commands are timed by hyperfine, reading and folding by reading.py; medians, the cache in a folder of its
own. `--quick` leaves out the log of 100,000 events.
"""

import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

HERE = Path(__file__).parent
PYTHON = sys.executable
SPACEREL = str(Path(PYTHON).with_name("spacerel"))
PACKAGES = ("hyperfine", "hledger")
SHIPPED = HERE.parent / "data" / "events.yaml"


class Row(NamedTuple):
    """A ratio, with what is wanted of it; `least` says that more is better."""

    job: str
    ratio: float
    floor: float
    stretch: float
    least: bool = False

    @property
    def verdict(self) -> str:
        reached = [self.ratio >= want if self.least else self.ratio <= want for want in (self.floor, self.stretch)]
        return "stretch" if reached[1] else "floor" if reached[0] else "missed"


def environment(folder: Path) -> dict[str, str]:
    """Compiled modules are kept, as they are where spacerel is installed; nothing of the person's settings counts."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "SPACEREL_LOG", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "XDG_CACHE_HOME": str(folder / "cache"), "LANG": "C.UTF-8"}


def seconds(
    folder: Path,
    command: str,
    runs: int = 25,
    prepare: str | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> float:
    """The median time of a command line, with `more` in its environment."""
    result = folder / "hyperfine.json"
    words = [
        "hyperfine",
        "-N",
        "--warmup",
        "1" if runs < 10 else "3",
        "--runs",
        str(runs),
        "--export-json",
        str(result),
    ]
    words += ["--prepare", prepare] if prepare else []
    subprocess.run([*words, command], check=True, capture_output=True, env={**environment(folder), **more})
    found: float = json.loads(result.read_text())["results"][0]["median"]
    return found


def peak_bytes(*command: str) -> int:
    """The most memory that a program held, in bytes."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run([PYTHON, "-c", script, *command], check=True, capture_output=True, text=True)
    return int(ran.stdout) * 1024


def reading(log: Path) -> dict[str, float]:
    """The figures of reading.py."""
    ran = subprocess.run([PYTHON, HERE / "reading.py", log], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def peers(folder: Path) -> str:
    """Install what is missing; gives the path of bean-check."""
    missing = [name for name in PACKAGES if shutil.which(name) is None]
    if missing:
        subprocess.run(["apt-get", "install", "-y", "-q", *missing], check=True, capture_output=True)
    environment = folder / "beancount"
    subprocess.run([PYTHON, "-m", "venv", environment], check=True)
    subprocess.run([environment / "bin" / "pip", "install", "-q", "beancount>=3.2"], check=True, capture_output=True)
    return str(environment / "bin" / "bean-check")


def versions(bean_check: str) -> str:
    """What was measured, and where."""
    lines = [f"CPython {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"]
    for command in (
        [SPACEREL, "--version"],
        ["hyperfine", "--version"],
        ["hledger", "--version"],
        [bean_check, "--version"],
    ):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        lines.append(re.split(r"[\n,(]", (ran.stdout or ran.stderr).strip())[0])
    return " · ".join(lines)


def main(quick: bool) -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bean_check = peers(folder)
        for number in (10_000,) if quick else (10_000, 100_000):
            subprocess.run([PYTHON, HERE / "history.py", str(number), folder / str(number)], check=True)
        print(versions(bean_check), "\n")
        rows = start(folder) + read(folder, quick) + against_peers(folder, bean_check, quick)
    print("| job | ratio | floor | stretch | |\n| --- | ---: | ---: | ---: | --- |")
    for row in rows:
        print(f"| {row.job} | {row.ratio:.2f} | {row.floor:g} | {row.stretch:g} | {row.verdict} |")
    print(f"\npeak of this run: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


def start(folder: Path) -> list[Row]:
    """Whole commands on the shipped log, by bare Python and by a command that does nothing."""
    timeline = f"{SPACEREL} timeline --agency roscosmos"
    bare = seconds(folder, f"{PYTHON} -c pass", 40)
    nothing = seconds(folder, f"{PYTHON} {HERE / 'noop.py'} timeline --agency roscosmos", 40)
    tab = {
        "_SPACEREL_COMPLETE": "complete_bash",
        "COMP_CWORD": "3",
        "COMP_WORDS": "spacerel timeline --agency ro",
    }
    return [
        Row("timeline, warm, piped / no-op", seconds(folder, timeline, 40) / nothing, 1.25, 1.12),
        Row("timeline, warm, screen in colour / no-op", seconds(folder, f"{timeline} -f text --color always", 40) / nothing, 1.6, 1.3),
        Row("timeline, cold / no-op", seconds(folder, timeline, 15, f"rm -rf {folder / 'cache'}") / nothing, 2.2, 1.7),
        Row("--help / bare Python", seconds(folder, f"{SPACEREL} --help") / bare, 7, 6),
        Row("--version / bare Python", seconds(folder, f"{SPACEREL} --version") / bare, 7, 6),
        Row("one Tab press / no-op", seconds(folder, SPACEREL, 40, more=tab) / nothing, 1.1, 1.0),
    ]  # fmt: skip


def read(folder: Path, quick: bool) -> list[Row]:
    """Reading and folding, by libyaml's parse loop, CSafeLoader and the cache."""
    shipped, big = reading(SHIPPED), reading(folder / "10000" / "history.yaml")
    rows = [
        Row("read the shipped log / parse loop", shipped["reader"] / shipped["parse loop"], 4.5, 3.9),
        Row("read 10k / parse loop", big["reader"] / big["parse loop"], 6, 5.2),
        Row("CSafeLoader to dicts / read the shipped log", shipped["CSafeLoader"] / shipped["reader"], 2.0, 2.3, True),
        Row("fold 10k / read it from the cache", big["fold"] / big["cache"], 1.0, 0.5),
    ]
    if not quick:
        log = folder / "100000" / "history.yaml"
        held = peak_bytes(SPACEREL, "timeline", "--no-cache", "--log", str(log))
        huge = reading(log)
        rows.append(Row("peak memory / size of the file, 100k", held / log.stat().st_size, 6, 4))
        rows.append(Row("fold 100k / read it from the cache", huge["fold"] / huge["cache"], 1.0, 0.5))
    return rows


def against_peers(folder: Path, bean_check: str, quick: bool) -> list[Row]:
    """The same history in hledger and beancount doing the equivalent job."""
    ten, cold = folder / "10000", f"rm -rf {folder / 'cache'}"
    log, journal, ledger = (ten / f"history.{ending}" for ending in ("yaml", "journal", "beancount"))
    register = seconds(folder, f"hledger -f {journal} register", 5)
    rows = [
        Row("timeline 10k, warm / hledger register", seconds(folder, f"{SPACEREL} timeline --log {log}", 9) / register, 0.15, 0.10),
        Row("timeline 10k, cold / hledger register", seconds(folder, f"{SPACEREL} timeline --log {log}", 5, cold) / register, 0.70, 0.50),
        Row(
            "partners 10k, warm / hledger balance",
            seconds(folder, f"{SPACEREL} partners actor-1 --log {log}", 9) / seconds(folder, f"hledger -f {journal} balance", 5),
            0.30,
            0.20,
        ),
        Row(
            "check 10k / bean-check, cold",
            seconds(folder, f"{SPACEREL} check {log}", 5) / seconds(folder, f"{bean_check} --no-cache {ledger}", 3),
            0.5,
            0.4,
        ),
    ]  # fmt: skip
    if not quick:
        log, journal = folder / "100000" / "history.yaml", folder / "100000" / "history.journal"
        huge = seconds(folder, f"{SPACEREL} timeline --log {log}", 3)
        rows.append(
            Row(
                "timeline 100k, warm / hledger register",
                huge / seconds(folder, f"hledger -f {journal} register", 2),
                0.15,
                0.10,
            )
        )
        join = (
            "import sys; from spacerel import cache; log = cache.read([sys.argv[1]]);"
            "sys.stdout.write(''.join('\\t'.join((e.date, e.act, ','.join(e.by), ','.join(e.parties), e.partnership or '', e.title, e.id))"
            " + '\\n' for e in log.events))"
        )
        script = folder / "join.py"
        script.write_text(join)
        rows.append(
            Row("100k rows piped / join and write", huge / seconds(folder, f"{PYTHON} {script} {log}", 3), 3, 2)
        )
    return rows


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
