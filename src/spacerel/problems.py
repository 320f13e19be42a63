"""What is wrong with a log, and where; and what the codes of the reader itself mean."""

from collections.abc import Mapping
from typing import NamedTuple

EXPLANATIONS: Mapping[str, str] = {
    "E001": """The text is not YAML

    Often a value holds ": " or begins with a sign that means something in YAML: quote it. Indentation is spaces, never tabs.

    Wrong:    title: Dispute: who pays for the dock
    Right:    title: 'Dispute: who pays for the dock'
    """,
    "E002": """The file is not UTF-8 text

    A log is UTF-8, with or without a byte order mark. Save it again as UTF-8 in the editor that wrote it.

    Wrong:    a file in UTF-16 or Latin-1
    Right:    the same text saved as UTF-8
    """,
    "E003": """A control character

    Signs that a screen does not show, but may obey, have no business in a log: escape sequences, NUL, tabs inside a value.

    Wrong:    title: "ESA \\e[31msuspends"
    Right:    title: ESA suspends
    """,
    "E004": """A YAML tag

    The format knows the type of each value, so tags are refused; some of them would run code in other programs.

    Wrong:    date: !!timestamp 2022-03-17
    Right:    date: 2022-03-17
    """,
    "E005": """Aliases or nesting beyond all measure

    Anchors and aliases may be used to repeat a value, but they may not blow a small file up, nor point into themselves, and
    nothing in a log needs more than a few levels.

    Wrong:    an alias of a list of aliases of lists of aliases ...
    Right:    - *nasa-press-release
    """,
    "E006": """Not one document of the format's version

    A log file holds one YAML document, a mapping, that names the version of the format: 1.

    Wrong:    spacerel: 2
    Right:    spacerel: 1
    """,
    "E007": """An impossible date

    A date is 2022-03-17, 2022-03 or 2022, no finer than the sources allow, with a trailing ~ for "about".

    Wrong:    date: 2022-02-30
    Right:    date: 2022-02
    """,
    "E008": """An unknown key

    Keys are those of the format and no others, so that a slip of the pen is not lost in silence.

    Wrong:    becuase: [invasion-of-ukraine]
    Right:    because: [invasion-of-ukraine]
    """,
    "E009": """A missing key

    Required are, of an actor, id, name and type; of a partnership, id, name, parties, kind, topic and description; of an
    event, id, date, title, parties, act, summary, sources and confidence; of a source, title, publisher and url; of an
    outcome, status.

    Wrong:    - id: esa
                name: European Space Agency
    Right:    - id: esa
                name: European Space Agency
                type: agency
    """,
    "E010": """A repeated key

    Only one value can count. Other programs silently take the last one.

    Wrong:    date: 2022-03-17
              date: 2022-03-18
    Right:    date: 2022-03-17
    """,
    "E011": """A value of the wrong shape

    A list stands where the format has one value, or the other way round. `by`, `scope`, `because` and `replaces` take
    both. Names, titles and the like are one line of text; `summary` and `note` may have paragraphs.

    Wrong:    parties: esa
    Right:    parties: [esa]
    """,
    "E013": """An empty value

    What is not known is left out, with its key.

    Wrong:    note:
    Right:    (no line at all)
    """,
    "E014": """An unknown word

    Acts, modalities, outcomes, kinds, topics, types of actors and confidences are closed lists.

    Wrong:    act: cancel
    Right:    act: end
    """,
    "E015": """Not an id or a country code

    Ids are lower-case letters and figures, joined by single hyphens. Countries are ISO 3166-1 alpha-2.

    Wrong:    id: ESA_suspends
    Right:    id: esa-suspends
    """,
    "E016": """A repeated id

    Ids are unique among the actors, the partnerships and the events, over all files of a log.

    Wrong:    - id: esa
                name: European Space Agency
                ...
              - id: esa
                name: European Space Research Organisation
    Right:    - id: esro
                name: European Space Research Organisation
    """,
    "E017": """A semicolon in a list value

    Tables and CSV files join the values of a list with semicolons, and the publishers and addresses of an event's sources;
    a value that holds one would come back as two.

    Wrong:    tags: [mars; science]
    Right:    tags: [mars, science]
    """,
    "W101": """The lists stand in an unusual order

    `spacerel`, actors, partnerships, events: whoever opens the file then knows where to look.

    Wrong:    events: ...
              actors: ...
    Right:    actors: ...
              events: ...
    """,
}
"""What the reader's own codes mean, by code; the others are the rules of `spacerel.checks`."""


class Place(NamedTuple):
    """A place in a file: line and column count from 1; `text` is the whole line."""

    file: str
    line: int
    column: int
    text: str


class Problem(NamedTuple):
    """Something wrong with a log: where, what (`code` is stable), and what to do about it.

    `length` is the number of characters from the place on that it is about; `record` is the line in which the record
    around it begins, where that is another one.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: str = "error"
    length: int = 1
    record: Place | None = None
