"""Drives yaml-language-server over its standard streams, as an editor does, on a log that `spacerel schema --install` set up.

    just language-server        or: python tests/clients/language_server.py COMMAND...

COMMAND is how the server starts; it gets --stdio behind it. Prints what the server said of a right and of a broken log, and
of completion and hover; exit code 1 where that is not what a person at an editor needs.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from spacerel import model
from spacerel.commands.init import BEGINNING
from spacerel.schema import DESCRIPTIONS

BROKEN = (
    ("  act: suspend\n", "  act: cancel\n"),
    ("  because: [", "  becuase: ["),
    ("  date: 2022-02-24\n", "  date: 2022-13-24\n"),
    ("  type: state\n", "  type: country\n"),
    ("  kind: programme\n", ""),
    ("  parties: [esa, roscosmos] # all", "  parties: esa # all"),
)


class Server:
    """The server, and its messages in the framing of the Language Server Protocol."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen([*command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number = 0
        self.remarks: dict[str, list[dict[str, Any]]] = {}

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered, what it remarks is kept."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise SystemExit(f"the server ended with exit code {self.process.wait()}")
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            settings = message["method"] == "workspace/configuration"
            self.send(id=message["id"], result=[{}] * len(message["params"]["items"]) if settings else None)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.remarks[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self.send(id=self.number, method=method, params=params)
        while (message := self.receive()).get("id") != self.number or "method" in message:
            pass
        return message.get("result")

    def open(self, path: Path) -> list[dict[str, Any]]:
        """What the server remarks on a file."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text(encoding="utf-8")}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        while path.as_uri() not in self.remarks:
            self.receive()
        return self.remarks[path.as_uri()]


def main(command: list[str]) -> int:
    """Ask an editor's questions; the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        server = Server(command)
        server.ask(
            "initialize", processId=None, rootUri=folder.as_uri(), capabilities={"workspace": {"configuration": True}}
        )
        server.send(method="initialized", params={})
        broken = BEGINNING
        for right, wrong in BROKEN:
            assert right in broken
            broken = broken.replace(right, wrong, 1)
        begun = BEGINNING.replace("  act: suspend\n", "  act: \n", 1)
        files = {}
        for word, text in (("right", BEGINNING), ("broken", broken), ("begun", begun)):
            files[word] = folder / f"{word}.yaml"
            files[word].write_text(text, encoding="utf-8")
            ran = [sys.executable, "-m", "spacerel", "schema", "--install", str(files[word])]
            subprocess.run(ran, check=True, stderr=subprocess.DEVNULL)
        none, found = server.open(files["right"]), server.open(files["broken"])
        server.open(files["begun"])
        at = _place(files["begun"], "  act: \n")
        items = server.ask("textDocument/completion", textDocument={"uri": files["begun"].as_uri()}, position=at)
        offered = {item["label"] for item in (items or {}).get("items", [])}
        at = {**_place(files["right"], "  because: ["), "character": 4}
        hover = server.ask("textDocument/hover", textDocument={"uri": files["right"].as_uri()}, position=at)
        told = json.dumps(hover, ensure_ascii=False)
        server.ask("shutdown")
        server.send(method="exit")
        server.process.wait(10)
    print(f"a right log: {len(none)} remarks")  # noqa: T201
    print(f"a log with {len(BROKEN)} mistakes: {len(found)} remarks")  # noqa: T201
    for one in found:
        start = one["range"]["start"]
        print(f"  {start['line'] + 1}:{start['character'] + 1}: {one['message'].splitlines()[0]}")  # noqa: T201
    print(f"completion behind act: {len(offered & set(model.ACTS))} of {len(model.ACTS)} acts")  # noqa: T201
    print(f"hover on because: {'our description' if DESCRIPTIONS['an event']['because'] in told else told}")  # noqa: T201
    as_it_should = not none and len(found) == len(BROKEN) and set(model.ACTS) <= offered
    return 0 if as_it_should and DESCRIPTIONS["an event"]["because"] in told else 1


def _place(path: Path, line: str) -> dict[str, int]:
    """The end of the first line that begins so."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(number for number, one in enumerate(lines) if one.startswith(line))
    return {"line": number, "character": len(line.rstrip("\n"))}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
