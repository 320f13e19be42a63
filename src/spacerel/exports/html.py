"""A page with a table of the events, their summaries, notes and sources: one file of its own, without scripts.

A row's address is `#ID`; its causes are links to their rows where they were chosen, too. `spacerel timeline -o FILE.html`
and every other screen make pages of theirs. It cannot carry: `threatens`, `condition`, `due`, `denies`, `known`.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from spacerel.exports._reading import heading, shown_date, step, what, who
from spacerel.formats._page import HEAD, PAPER, class_of, style
from spacerel.model import Event, Log, Source
from spacerel.table import Spans, address, visible

_HEAD = (
    HEAD
    + """\
body {{ font-family: system-ui, sans-serif; line-height: 1.4; margin: 1.5rem }}
table {{ border-collapse: collapse }}
caption {{ font-weight: bold; text-align: left; padding: 0 .6rem .6rem }}
th, td {{ text-align: left; vertical-align: top; padding: .4rem .6rem; border-top: 1px solid #8886 }}
td p {{ margin: .3rem 0; max-width: 45rem }}
td:nth-child(4) {{ min-width: 20rem; width: 50% }}
.day, .step {{ white-space: nowrap }}
.day {{ text-align: right }}
:target {{ outline: 2px solid }}
{style}
</style>
</head>
<body>
<table>
<caption>{title}</caption>
<thead><tr><th class="day">Date<th>Step<th>Who<th>What<th>Sources</thead>
<tbody>
"""
)


def write(log: Log, events: Iterable[Event], out: TextIO) -> None:
    """Write one page."""
    chosen = list(events)
    ids = {event.id for event in chosen}
    out.write(_HEAD.format(title=_text(heading(chosen)), style=style("color", PAPER)))
    out.writelines(_row(log, event, ids) for event in chosen)
    out.write("</tbody>\n</table>\n</body>\n</html>\n")


def _row(log: Log, event: Event, ids: set[str]) -> str:
    sources = "<br>".join(map(_source, event.sources))
    cells = (
        f'<td class="day">{_text(shown_date(event))}</td>',
        f'<td class="step">{_words(step(event))}</td>',
        f"<td>{_text(who(log, event))}</td>",
        f"<td><strong>{_words(what(event))}</strong>{''.join(_paragraphs(log, event, ids))}</td>",
        f"<td>{sources}</td>",
    )
    return f'<tr id="{escape(event.id)}">{"".join(cells)}</tr>\n'


def _paragraphs(log: Log, event: Event, ids: set[str]) -> Iterator[str]:
    if event.partnership is not None:
        yield f'<p class="dim">{_text(log.partnerships[event.partnership].name)}</p>'
    yield from (f"<p>{_text(part)}</p>" for part in (event.summary, event.note) if part)
    if event.because:
        causes = [(key, _text(log.event(key).title)) for key in event.because]
        links = [f'<a class="link" href="#{escape(key)}">{title}</a>' if key in ids else title for key, title in causes]
        yield f"<p>Because: {'; '.join(links)}</p>"
    if event.tags:
        yield f'<p class="dim">{_text(", ".join(event.tags))}</p>'


def _source(source: Source) -> str:
    target, title = address(f"link {source.url}"), _text(source.title)
    return (
        f'{_text(source.publisher)}: <a class="link" href="{escape(target)}">{title}</a>'
        if target
        else f"{title} {_text(source.url)}"
    )


def _words(spans: Spans) -> str:
    return "".join(
        f'<span class="{class_of(role)}">{_text(text)}</span>' if class_of(role) else _text(text)
        for text, role in spans
    )


def _text(text: str) -> str:
    return escape(visible(text), quote=False)
