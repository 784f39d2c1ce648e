"""Between browsers and a session: pages with our script in them, news of what was saved, an observer of the disk."""

from __future__ import annotations

import json
import logging
import posixpath
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

import watchdog.events
import watchdog.observers

from .session import Session

NEWS = "/journey-preview/news"
"""Where a page asks whether there is something new."""
FILES = Path(__file__).parent / "page"
SETTLE = 0.01
"""Seconds that a burst of events may last before it is looked at."""
POLL = 1.0
"""Seconds between looks at the disk where nothing tells of events: network drives, containers."""
HOLD = 25.0
"""Seconds that a browser's question is held before it is answered without news."""

StartResponse = Callable[..., Any]
App = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

log = logging.getLogger("mkdocs.plugins.journey.preview")


class Pages:
    """A WSGI application in front of MkDocs' own: pages come from the session, everything else from the disk."""

    def __init__(self, session: Session, mount: str, behind: App) -> None:
        """`mount` is the path that the site stands at, with slashes at both ends."""
        self._session, self._mount, self._behind = session, mount, behind

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path == NEWS:
            return self._news(environ, start_response)
        if path.startswith(self._mount):
            inner = path.removeprefix(self._mount) + ("index.html" if path.endswith("/") else "")
            file = self._session.site.site_dir / posixpath.normpath("/" + inner).lstrip("/")
            html = self._session.page_at(file)
            if html is not None:
                return _answer(start_response, "text/html; charset=utf-8", self._prepare(html, environ, file))
            if not path.endswith("/") and self._session.page_at(file / "index.html") is not None:
                start_response("302 Found", [("Location", urllib.parse.quote(path) + "/")])
                return []
            self._session.ensure(file)
        return self._behind(environ, start_response)

    def _prepare(self, html: str, environ: dict[str, Any], file: Path) -> str:
        """The page with our script and what is wrong; with `?beside=en` with its source beside it."""
        code = urllib.parse.parse_qs(environ.get("QUERY_STRING", "")).get("beside", [""])[0]
        beside = self._session.page_beside(file, code) if code else None
        if beside is None:
            return self._with_script(html)
        style = (FILES / "beside.css").read_text(encoding="utf-8")
        return self._with_script(beside.replace("</head>", f"<style>{style}</style>\n</head>", 1))

    def _with_script(self, html: str) -> str:
        state = json.dumps({"revision": self._session.revision, "news": NEWS, "problems": self._problems()})
        script = (FILES / "preview.js").read_text(encoding="utf-8")
        style = (FILES / "preview.css").read_text(encoding="utf-8")
        added = (
            f'<script type="application/json" id="journey-preview">{state.replace("<", chr(92) + "u003c")}</script>'
            f'<template id="journey-preview-style">{escape(style, quote=False)}</template><script>{script}</script>'
        )
        before, end, after = html.rpartition("</body>")
        return before + added + end + after if end else html + added

    def _problems(self) -> list[dict[str, object]]:
        found = list(self._session.problems.values())
        return [{"file": one.file, "line": one.line, "what": one.what, "hint": one.hint} for one in found]

    def _news(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        asked = urllib.parse.parse_qs(environ.get("QUERY_STRING", "")).get("since", ["0"])[0]
        since = int(asked) if asked.isdecimal() else 0
        revision = self._session.wait_for_news(since, HOLD)
        files = sorted({name for number, name in self._session.touched if number > since})
        news = {"revision": revision, "files": files, "problems": self._problems()}
        return _answer(start_response, "application/json", json.dumps(news))


def _answer(start_response: StartResponse, kind: str, text: str) -> Iterable[bytes]:
    data = text.encode("utf-8", errors="xmlcharrefreplace")
    start_response(
        "200 OK", [("Content-Type", kind), ("Content-Length", str(len(data))), ("Cache-Control", "no-store")]
    )
    return [data]


class Observer:
    """Looks again when the system tells of a change, and from time to time by itself."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told = threading.Event()
        self._ended = False
        self._observer: Any = None
        self._watched: set[Path] = set()

    def run(self) -> None:
        """Look until `end`; for a thread of its own."""
        while not self._ended:
            self._watch()
            if self._told.wait(POLL):
                time.sleep(SETTLE)
                self._told.clear()
            if not self._ended:
                try:
                    self._session.look_again()
                except Exception as error:  # a folder vanishes while it is looked at
                    log.warning(f"Looked at too early: {error}")
                    time.sleep(SETTLE)
                    self._told.set()

    def end(self) -> None:
        """Stop looking."""
        self._ended = True
        self._told.set()
        if self._observer is not None:
            self._observer.stop()

    def _watch(self) -> None:
        watched = set(self._session.watched)
        if watched == self._watched:
            return
        self._watched = watched
        if self._observer is not None:
            self._observer.stop()
        handler = watchdog.events.FileSystemEventHandler()
        handler.on_any_event = self._tell  # type: ignore[method-assign]
        try:
            self._observer = watchdog.observers.Observer()
            for path in sorted(watched):
                self._observer.schedule(handler, str(path), recursive=path.is_dir())
            self._observer.start()
        except OSError as error:  # too many watches; looking by itself goes on
            log.debug(str(error))
            self._observer = None

    def _tell(self, event: watchdog.events.FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):  # those are our own reading
            self._told.set()
