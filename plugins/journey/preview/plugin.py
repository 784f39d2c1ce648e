"""How a preview comes into `mkdocs serve`: it stands in for MkDocs' build, and for what answers browsers."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.livereload import LiveReloadServer

from ..layout import Look
from ..readable import find_unreadable
from . import host, internals
from .memo import Memo
from .server import Observer, Pages
from .session import Session

OPTIONS = ("dev_addr", "strict", "theme", "use_directory_urls")
"""Options of the command `mkdocs serve` that count as settings."""

log = logging.getLogger("mkdocs.plugins.journey.preview")


class Preview:
    """One run of `mkdocs serve`. Until `take_over` and wherever it does not know its way, MkDocs does all the work."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._observer: Observer | None = None
        self._threads: list[threading.Thread] = []
        self._plain_build: Any = None
        self._memo, self._bytecode = Memo(), internals.MemoryBytecode()
        self._settings = b""
        self._options: dict[str, Any] = {}

    def take_over(self, dirty: bool) -> None:
        """Stand in for the build that `serve` is about to run."""
        context = click.get_current_context(silent=True)
        if dirty or context is None or not context.params.get("livereload"):
            return  # nobody would see a save
        self._options = {name: context.params.get(name) for name in OPTIONS}
        changed = internals.find_changed()
        if changed:
            log.warning(f"Every save builds everything, because {changed}; the quick preview does not know it.")
            return
        self._plain_build = internals.replace_build(self._build)

    def _build(self, config: MkDocsConfig, *, serve_url: str | None = None, dirty: bool = False) -> None:
        unknown = internals.find_unknown(config)
        if unknown:
            log.warning(f"Every save builds everything, because the quick preview does not know {unknown}.")
            internals.replace_build(self._plain_build)
            self._plain_build(config, serve_url=serve_url, dirty=dirty)
            return
        first: MkDocsConfig | None = config

        def make_site(look: Look | None) -> host.Site:
            nonlocal first
            settings, first = first or internals.load_again(config, self._options), None
            if unknown := internals.find_unknown(settings):
                raise ConfigurationError(f"the quick preview does not know {unknown}; start `mkdocs serve` again")
            written = Path(str(settings.config_file_path)).read_bytes()
            if written != self._settings:
                self._settings, self._memo = written, Memo()
            return host.Site(settings, self._memo, self._bytecode, look)

        self._session = Session(make_site, find_unreadable)
        self._session.start()

    def attach(self, server: LiveReloadServer) -> bool:
        """Stand between browsers and MkDocs' server; False if MkDocs does all the work."""
        session = self._session
        if session is None:
            return False
        internals.stop_watching(server, session.look_again)
        server.set_app(Pages(session, server.mount_path, server.serve_request))
        self._observer = Observer(session)
        for run in (session.run_background, self._observer.run):
            thread = threading.Thread(target=run, daemon=True)
            thread.start()
            self._threads.append(thread)
        return True

    def end(self) -> None:
        """Come to an end before the folder of the site is removed."""
        if self._session is not None:
            self._session.end()
        if self._observer is not None:
            self._observer.end()
        for thread in self._threads:
            thread.join(5)
