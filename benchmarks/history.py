"""The same invented history as an event log, an hledger journal and a beancount ledger, every field kept.

`python benchmarks/history.py 10000 FOLDER` writes history.yaml, history.journal and history.beancount. The same number
always gives the same bytes.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

SEED = 20220224
ACTORS = 200
STEPS_A_PARTNERSHIP = 12
COURSE = (
    "talk",
    "agree",
    "start",
    "deliver",
    "strain",
    "deepen",
    "suspend",
    "resume",
    "deliver",
    "extend",
    "deliver",
    "end",
)
TOPICS = ("crew", "launch", "science", "exploration", "telecom")
WORDS = [
    "agency",
    "station",
    "launch",
    "contract",
    "module",
    "partner",
    "mission",
    "satellite",
    "rocket",
    "agreement",
    "crew",
    "data",
    "ground",
    "service",
    "memorandum",
    "engine",
    "flight",
    "lander",
    "orbit",
    "payload",
    "schedule",
    "treaty",
    "council",
    "budget",
    "delivery",
    "segment",
]


class Step(NamedTuple):
    """An event, with what the three formats write of it."""

    id: str
    day: str
    title: str
    parties: tuple[str, str]
    by: str
    partnership: str
    act: str
    because: str
    tags: tuple[str, str]
    summary: str
    sources: tuple[tuple[str, str, str], ...]


def steps(number: int) -> Iterator[Step]:
    """Steps of many partnerships, each with its course from talk to end, in order of date."""
    dice = random.Random(SEED)  # noqa: S311 - a history to read, not a secret
    start, days = date(1960, 1, 1), 24_000
    partnerships = -(-number // STEPS_A_PARTNERSHIP)
    parties = [tuple(dice.sample(range(ACTORS), 2)) for _ in range(partnerships)]
    for place in range(number):
        turn, which = divmod(place, partnerships)
        one, other = (f"actor-{number}" for number in parties[which])
        words = [dice.choice(WORDS) for _ in range(34)]
        act = COURSE[turn]
        yield Step(
            id=f"step-{which}-{turn}-{act}",
            day=(start + timedelta(days=days * place // number)).isoformat(),
            title=f"{one} and {other}: {' '.join(words[:6])}",
            parties=(one, other),
            by=one,
            partnership=f"partnership-{which}",
            act=act,
            because=f"step-{which}-{turn - 1}-{COURSE[turn - 1]}" if turn else "",
            tags=(words[6], words[7] + "-" + words[8]),
            summary=" ".join(words[8:32]).capitalize() + ".",
            sources=tuple(
                (
                    " ".join(words[at : at + 6]),
                    f"Publisher {dice.randrange(150)}",
                    f"https://example.org/{which}/{turn}/{at}",
                )
                for at in (10, 20)
            ),
        )


def write(number: int, folder: Path) -> None:
    """Write the three files."""
    history = list(steps(number))
    partnerships = {step.partnership: step.parties for step in history}
    with (folder / "history.yaml").open("w", encoding="utf-8") as out:
        out.write("spacerel: 1\n\nactors:\n")
        for actor in dict.fromkeys(party for step in history for party in step.parties):
            out.write(f"- id: {actor}\n  name: Agency {actor[6:]}\n  short: A{actor[6:]}\n  type: agency\n")
        out.write("\npartnerships:\n")
        for place, (key, parties) in enumerate(partnerships.items()):
            out.write(
                f"- id: {key}\n  name: Partnership {place}\n  parties: [{', '.join(parties)}]\n  kind: agreement\n"
                f"  topic: {TOPICS[place % len(TOPICS)]}\n  description: What the two do together\n"
            )
        out.write("\nevents:\n")
        for step in history:
            sources = "".join(
                f"  - title: {title}\n    publisher: {publisher}\n    published: {step.day}\n    url: {url}\n    supports: date\n"
                for title, publisher, url in step.sources
            )
            because = f"  because: [{step.because}]\n" if step.because else ""
            term = f"  term_end: {int(step.day[:4]) + 40}-12-31\n" if step.act == "extend" else ""
            out.write(
                f"- id: {step.id}\n  date: {step.day}\n  title: '{step.title}'\n  parties: [{', '.join(step.parties)}]\n"
                f"  by: {step.by}\n  partnership: {step.partnership}\n  act: {step.act}\n{term}{because}"
                f"  tags: [{', '.join(step.tags)}]\n  summary: {step.summary}\n  sources:\n{sources}  confidence: high\n"
            )
    with (folder / "history.journal").open("w", encoding="utf-8") as out:
        for step in history:
            fields = [("id", step.id), ("act", step.act), ("by", step.by), ("because", step.because)]
            fields += [("tags", " ".join(step.tags)), ("summary", step.summary), ("confidence", "high")]
            fields += [(f"source{at}", " | ".join(source)) for at, source in enumerate(step.sources)]
            out.write(f"{step.day} * {step.title}\n")
            out.writelines(f"    ; {name}: {value}\n" for name, value in fields if value)
            one, other = step.parties
            out.write(f"    {one}:{step.partnership}  1 S\n    {other}:{step.partnership}  -1 S\n\n")
    with (folder / "history.beancount").open("w", encoding="utf-8") as out:
        for key, parties in partnerships.items():
            out.writelines(f"1950-01-01 open Assets:{_account(party)}:{_account(key)}\n" for party in parties)
        for step in history:
            fields = [("act", step.act), ("by", step.by), ("because", step.because)]
            fields += [("summary", step.summary), ("confidence", "high")]
            fields += [(f"source{at}", " | ".join(source)) for at, source in enumerate(step.sources)]
            out.write(f'{step.day} * "{step.title}" {" ".join("#" + tag for tag in step.tags)} ^{step.id}\n')
            out.writelines(f'  {name}: "{value}"\n' for name, value in fields if value)
            for party, amount in zip(step.parties, (1, -1), strict=True):
                out.write(f"  Assets:{_account(party)}:{_account(step.partnership)}  {amount} STEP\n")
            out.write("\n")


def _account(name: str) -> str:
    return name.capitalize()


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    write(int(sys.argv[1]), target)
