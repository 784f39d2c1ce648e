"""A preview at work: looks at the disk, keeps the model, makes pages when they are asked for, settles in the background.

States: a model is *ready* when navigation and titles are known; the site is *settled* when every page is on disk, byte
for byte as a full build would have written it. What goes wrong leaves the last good pages where they are.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..asking import current_subjects, restore
from ..diagnostics import Diagnostic
from ..layout import Look
from ..wording import STRINGS, forget_wording
from .changes import Area, Areas, Plan, Stamps, plan_for
from .disk import below, iter_stamps
from .problems import Problem, explain

PATIENCE = 0.15
"""Seconds that a file may be away or empty while an editor puts a new one in its place."""
QUIET = 0.25
"""Seconds without a save before the background goes on."""
AGAIN = 3.0
"""Seconds until the background tries again after something went wrong."""

log = logging.getLogger("mkdocs.plugins.journey.preview")


class Session:
    """Everything between the disk and the browser. `make_site` builds a model; see `host.Site` for what it must know."""

    def __init__(
        self, make_site: Callable[[Look | None], Any], find_unreadable: Callable[..., Diagnostic | None]
    ) -> None:
        self._make_site, self._find_unreadable = make_site, find_unreadable
        self.site: Any = None
        self.revision = 0
        """Counts what a browser should look at again."""
        self.problems: dict[str, Problem] = {}
        """By what they came from: a file, `model`, `pages`, `disk`."""
        self.touched: list[tuple[int, str]] = []
        """Files below the site that a page may have loaded, each with the revision in which it changed."""
        self.areas = Areas()
        self._stamps: Stamps = {}
        self._seen: dict[PurePosixPath, tuple[int, ...]] = {}
        self._lock = threading.RLock()
        self._turn = threading.Condition()
        self._waiting = 0
        self._news = threading.Condition()
        self._written: dict[Path, bytes | str] = {}
        self._good: dict[Path, str] = {}
        """Pages as they last were."""
        self._copied: dict[Path, tuple[Path, tuple[int, ...]]] = {}
        self._templates: tuple[object, list[Path]] | None = None
        self._search: dict[str, tuple[object, dict[str, bytes]]] = {}
        self._once: set[Path] = set()
        self._is_tidy = False
        """Whether nothing of another model is left, on disk and in memory."""
        self._needs_check = True
        self._said: set[str] = set()
        self._held_back: set[PurePosixPath] = set()
        self._last_save = 0.0
        self._stale = threading.Event()
        self._ended = threading.Event()

    # --- start and end -------------------------------------------------------------------------

    def start(self) -> None:
        """Build the first model; raises whatever goes wrong, as there are no good pages yet."""
        begin = time.monotonic()
        self.site = self._make_site(None)
        self._note_areas()
        self._stamps = self._see()
        self._copy_statics()
        for path, page in self.site.content.project.pages.items():
            if page.problems:
                self._hold(path, page.problems[0])
        pages = sum(1 for _ in self.site.iter_pages())
        log.info(f"Ready in {time.monotonic() - begin:.1f} s: {pages} pages, each made when you open it.")
        self._stale.set()

    def run_background(self) -> None:
        """Settle whenever something is stale; for a thread of its own."""
        while not self._ended.is_set():
            self._stale.wait()
            if self._ended.is_set():
                return
            if time.monotonic() - self._last_save < QUIET:
                time.sleep(QUIET / 4)
                continue
            self._stale.clear()
            try:
                is_well = self.settle()
            except Exception as error:  # never the end of the preview
                self._report("pages", explain(error, self.site.root))
                is_well = False
            if not is_well and not self._ended.wait(AGAIN):
                self._stale.set()

    def end(self) -> None:
        """Let all threads come to their end."""
        self._ended.set()
        self._stale.set()
        with self._news:
            self._news.notify_all()

    # --- the disk ------------------------------------------------------------------------------

    def _note_areas(self) -> None:
        layout, config = self.site.content.layout, self.site.config
        roots = {layout.root / top: Area.CONTENT for top in (layout.docs, *layout.mounts)}
        roots[layout.root / "retired-ids.txt"] = Area.CHECKED
        roots[STRINGS] = Area.WORDS
        if config.theme.custom_dir:
            roots[Path(config.theme.custom_dir)] = Area.ASSET
        for path in (config.config_file_path, *config.watch):
            roots[Path(path)] = Area.MODEL
        self.areas = Areas(roots)

    @property
    def watched(self) -> list[Path]:
        """Folders and files to be told of."""
        return [path for path in self.areas.roots if path.exists()]

    def _see(self) -> dict[Path, tuple[int, ...]]:
        found: dict[Path, tuple[int, ...]] = {}
        layout = self.site.content.layout
        self._seen = dict(replace(layout, look=None).iter_stamps())
        found.update((below(layout.root, str(path)), stamp) for path, stamp in self._seen.items())
        for root, area in self.areas.roots.items():
            if area is not Area.CONTENT:
                found.update(iter_stamps(root))
        return found

    def look_again(self) -> bool:
        """See what was saved and take it in; whether there was anything."""
        now = self._see()
        if self._stamps.keys() - now.keys() or any(
            stamp[1] == 0 and self._stamps.get(path, stamp)[1] for path, stamp in now.items()
        ):
            time.sleep(PATIENCE)  # an editor may be about to put the file back, or to fill it
            now = self._see()
        plan = plan_for(self._stamps, now, self.areas)
        self._stamps = now
        if not plan:
            return False
        self._last_save = time.monotonic()
        with self._first():
            self._take_in(plan)
        self._stale.set()
        return True

    def _take_in(self, plan: Plan) -> None:
        subjects, states = current_subjects(), self._states()
        try:
            self._needs_check = True
            if plan.words:
                forget_wording()
            if plan.full or "model" in self.problems:
                self._rebuild()
                self.problems.pop("model", None)
            else:
                self._refresh(plan)
            self.problems.pop("pages", None)
        except Exception as error:
            restore(subjects)
            for plugin, state in states:
                vars(plugin).clear()
                vars(plugin).update(state)
            if "model" in self.problems and not plan.full:
                self._refresh(plan)  # settings are wrong still; texts show all the same
            self._report("model", explain(error, self.site.root))
        self.announce()

    def _states(self) -> list[tuple[Any, dict[str, Any]]]:
        return [(plugin, dict(vars(plugin))) for plugin in self.site.config.plugins.values()]

    def _rebuild(self) -> None:
        begin = time.monotonic()
        look = self._hold_back(self._take_look(self.site.content.look))
        before = self._places()
        self.site, self._is_tidy = self._make_site(look), False
        for path in before - self._places():
            self._remove(path)  # not only when the site has settled: nobody shall read what is gone
        self._note_areas()
        self._templates = None
        self._search.clear()
        self._copy_statics()
        log.info(f"Everything was read again in {time.monotonic() - begin:.1f} s.")

    def _places(self) -> set[Path]:
        """Where pages stand and files are copied to."""
        return {*self.site.by_dest, *(Path(file.abs_dest_path) for file in self.site.iter_statics())}

    def _refresh(self, plan: Plan) -> None:
        before = self.site.content.look
        if plan.content or plan.words:
            look = self._hold_back(self._take_look(before)) if plan.content else before
            changed = frozenset(path for path, data in look.contents.items() if before.contents.get(path) is not data)
            self.site.refresh(changed, look)
        copied = [path for path in plan.content | plan.assets if path.suffix != ".md"]
        if copied:
            self._copy_statics(copied)

    def _take_look(self, before: Look) -> Look:
        look: Look = self.site.content.layout.take_look(before, self._seen)
        return look

    def _hold_back(self, look: Look) -> Look:
        """The look with the last good bytes of every file that can not be read now."""
        layout, before = self.site.content.layout, self.site.content.look
        contents = dict(look.contents)
        doubtful = {path for path, data in look.contents.items() if before.contents.get(path) is not data}
        doubtful |= self._held_back & look.contents.keys()
        for path in self._held_back:
            self.problems.pop(str(path), None)
        self._held_back = set()
        for path in sorted(doubtful):
            found = self._find_unreadable(layout, path, look.contents[path])
            if found:
                self._hold(path, found)
                good = before.contents.get(path)
                if good is not None and self._find_unreadable(layout, path, good) is None:
                    contents[path] = good
        return Look(look.stamps, contents)

    def _hold(self, path: PurePosixPath, found: Diagnostic) -> None:
        self._report(str(path), Problem(str(path), found.line, f"{found.rule} {found.message}", found.hint))
        self._held_back.add(path)

    # --- what went wrong and what is new -------------------------------------------------------

    def _report(self, place: str, problem: Problem) -> None:
        if self.problems.get(place) != problem:
            self.problems[place] = problem
            log.error(str(problem))

    def announce(self) -> None:
        """Tell browsers that there is something new."""
        with self._news:
            self.revision += 1
            self._news.notify_all()

    def wait_for_news(self, revision: int, seconds: float) -> int:
        """Wait until the revision is another than `revision`; gives the revision."""
        with self._news:
            self._news.wait_for(lambda: self.revision != revision or self._ended.is_set(), seconds)
            return self.revision

    @contextmanager
    def _first(self) -> Iterator[None]:
        """The lock, before the background."""
        with self._turn:
            self._waiting += 1
        try:
            with self._lock:
                yield
        finally:
            with self._turn:
                self._waiting -= 1
                self._turn.notify_all()

    @contextmanager
    def _last(self) -> Iterator[None]:
        """The lock, after everybody who waits for it."""
        with self._turn:
            self._turn.wait_for(lambda: not self._waiting)
        with self._lock:
            yield

    # --- pages ---------------------------------------------------------------------------------

    def page_at(self, path: Path) -> str | None:
        """The page that stands at a path of the site, as it is now, or as it last was if it can not be made."""
        with self._first():
            page = self.site.by_dest.get(path)
            if page is None:
                return None
            try:
                html: str = self.site.show(page)
            except Exception as error:
                self._report("pages", explain(error, self.site.root, str(page.path)))
                return self._good.get(path, _EMPTY)
            self._good[path] = html
            return html

    def page_beside(self, path: Path, code: str) -> str | None:
        """A page with its text in another language beside it; None where there is no such thing."""
        with self._first():
            page = self.site.by_dest.get(path)
            try:
                return self.site.show_beside(page, code) if page else None
            except Exception as error:
                self._report("pages", explain(error, self.site.root, str(page.path)))
                return None

    def ensure(self, path: Path) -> None:
        """Have a file written that belongs to no page, if it is one that is written when the site settles."""
        if path.suffix in (".js", ".xml", ".gz", ".html") and not path.is_file():
            self.settle()
        elif path.is_relative_to(self.site.site_dir / "search"):
            self.settle(checks=False)

    def _write(self, path: Path, data: bytes | str) -> bool:
        """Write a file unless it is there already; whether it was written."""
        if self._written.get(path) == data:
            self._written[path] = data  # the very object that the model holds
            return False
        self._written.pop(path, None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", errors="xmlcharrefreplace"))
        self._written[path] = data
        return True

    # --- the rest of the site ------------------------------------------------------------------

    def settle(self, checks: bool = True) -> bool:
        """Make and write what is not as it should be; whether all went well or a newer model has to be settled."""
        site = self.site
        if not self._is_tidy:
            _let_go()  # of the last model, before this one is as large
        found: dict[str, Problem] = {}
        begin, made, expected = time.monotonic(), 0, set()
        for page in list(site.iter_pages()):
            with self._last():
                if self.site is not site:
                    return True
                try:
                    html = self._good[page.dest] = site.show(page)
                    made += self._write(page.dest, html)
                except OSError as error:
                    found.setdefault("disk", explain(error, site.root))
                except Exception as error:
                    found.setdefault("pages", explain(error, site.root, str(page.path)))
                expected.add(page.dest)
        with self._last():
            if self.site is not site:
                return True
            try:
                once = self._write_once(site)
                for path in self._once - once:
                    self._remove(path)
                if not self._is_tidy:
                    self._remove_others(site, expected | once)
                    _let_go()
                    gc.freeze()  # the model stays; going through it at every collection would take longer than a page
                self._once, self._is_tidy = once, True
                site.check_anchors(self._said)
            except OSError as error:
                found.setdefault("disk", explain(error, site.root))
            except Exception as error:
                found.setdefault("pages", explain(error, site.root))
        self._note_problems(found)
        if checks and "pages" not in found:
            self._check(site)
        if made > 1:
            log.info(f"{made} pages were made in {time.monotonic() - begin:.1f} s.")
        return not found

    def _note_problems(self, found: dict[str, Problem]) -> None:
        with self._first():
            before: dict[str, Problem] = {}
            for name in ("pages", "disk"):
                if name in self.problems:
                    before[name] = self.problems.pop(name)
            for name, problem in found.items():
                if before.get(name) == problem:
                    self.problems[name] = problem
                else:
                    self._report(name, problem)
        if found != before:
            self.announce()

    def _write_once(self, site: Any) -> set[Path]:
        expected: set[Path] = set()
        for language in site.languages.values():
            stamp = site.search_stamp(language)
            last = self._search.get(language.code)
            if last is None or last[0] != stamp:
                last = self._search[language.code] = stamp, site.search_files(language)
            for name, data in last[1].items():
                self._write(site.site_dir / name, data)
                expected.add(site.site_dir / name)
        stamp = site.templates_stamp()
        if self._templates is None or self._templates[0] != stamp:
            self._templates = stamp, site.write_templates()
        return expected | set(self._templates[1]) | set(site.extra_files())

    def _copy_statics(self, sources: Iterable[Path] | None = None) -> None:
        """Copy files to the site: those of some sources, or all that were not copied as they are now."""
        changed = []
        for file in self.site.iter_statics(sources):
            source, target = Path(file.abs_src_path), Path(file.abs_dest_path)
            stat = source.stat()
            stamp = source, (stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)
            if self._copied.get(target) != stamp:
                if target in self._copied:
                    changed.append(target.relative_to(self.site.site_dir).as_posix())
                self._copied.pop(target, None)
                self.site.copy(file)
                self._copied[target] = stamp
        self.touched = [*self.touched, *((self.revision + 1, name) for name in changed)][-200:]

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        for known in (self._written, self._good, self._copied):
            known.pop(path, None)

    def _remove_others(self, site: Any, expected: set[Path]) -> None:
        expected = expected | {Path(file.abs_dest_path) for file in site.iter_statics()}
        for path in [path for path in site.site_dir.rglob("*") if path.is_file() and path not in expected]:
            self._remove(path)
        for folder in sorted((path for path in site.site_dir.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()

    def _check(self, site: Any) -> None:
        """Run the checks without keeping anybody waiting; pages that they speak of are made again."""
        if not self._needs_check:
            return
        self._needs_check = False
        findings = site.find_problems()
        with self._last():
            if self.site is site and site.take_findings(findings):
                self.announce()
                self._stale.set()


_EMPTY = '<!doctype html>\n<html lang="en">\n<head><title>Preview</title></head>\n<body></body>\n</html>\n'


def _let_go() -> None:
    """Free what nobody needs."""
    gc.unfreeze()
    gc.collect()
    gc.collect()  # pages of a model go when its files have gone
