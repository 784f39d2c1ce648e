"""One run of a build that uses what the last one kept, where it would come out the same, and keeps it for the next.

Everything stands on a ground: code, packages, interface words, settings, the list of files; for pages also templates and
all titles and front matter of their language. On the same ground, a text or a page is used again only if every question
that was asked for it has the same answer now (`asking.py`). What is not sure is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.defaults import DEFAULT_NAMESPACE
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from .. import memory
from ..asking import Notebook, hash_of_files, present, witnessed
from ..layout import Layout
from ..packing import Name, Names
from ..preview.changes import Area, Areas
from ..preview.internals import find_changed, find_unknown
from ..preview.markdown import BuildMemo, Listening, is_verbose
from ..preview.memo import hash_of
from .ground import ground_of, hash_of_code, hash_of_words
from .pages import Pages
from .store import FOLDER, Store

PLAIN = (str, bool, int, float, type(None))
"""Types of what templates see besides our views."""
NO_MATTER = frozenset({"site_dir", "strict", "config_file", "config_file_path"})
"""Settings that no page shows: where the site is written, and whether warnings count as errors."""


def open_warm_build(config: MkDocsConfig, layout: Layout) -> WarmBuild | None:
    """What the last build kept; None where somebody takes part in the build whom we do not know."""
    if find_changed() or find_unknown(config, strict=True):
        return None
    settings = {key: value for one in config.user_configs for key, value in one.items() if key not in NO_MATTER}
    try:
        ground = ground_of(settings)
    except TypeError:  # settings that are no plain data
        return None
    return WarmBuild(config, layout, ground)


class WarmBuild:
    """One run in all languages. The content plugin tells it what MkDocs is about to do."""

    def __init__(self, config: MkDocsConfig, layout: Layout, settings: str) -> None:
        self._store = Store(layout.root / FOLDER)
        files = [str(path) for path in (layout.look.stamps if layout.look else layout.iter_files())]
        self._code = ground_of(hash_of_code(), hash_of_words())
        self._settings = ground_of(self._code, str(layout.root), settings, files, is_verbose())
        self._templates = ground_of(self._settings, _hash_of_templates(config))
        self._parsed: dict[str, bytes] = self._store.load("parsed", self._code) or {}
        memory.begin(self._parsed)
        self._texts = self._store.load("texts", self._settings)
        self.memo = BuildMemo(self._texts)
        self._languages: list[_Language] = []
        """Those that are being built, each within the one before it."""
        self._parts = {"parsed", "texts"}
        self.made = 0
        """Pages that templates had to make."""
        self._open = ExitStack()

    def begin_language(self) -> None:
        """The build of a language begins; those of the others lie within that of the first."""
        self._languages.append(_Language())

    def end_language(self) -> None:
        """It ends, and its pages are kept; at the end of the first also everything else."""
        language = self._languages.pop()
        if language.pages is not None and language.pages.is_new:
            self._store.save(_part(language.code), language.ground, language.pages.pack())
        if self._languages:
            return
        texts = self.memo.pack()
        if texts != self._texts:
            self._store.save("texts", self._settings, texts)
        self.keep_memory()
        self._store.keep_only(self._parts)

    def keep_memory(self) -> None:
        """Keep what parsers remember."""
        parsed = memory.pack()
        if parsed != self._parsed and self._store.save("parsed", self._code, parsed):
            self._parsed = parsed

    def stop(self) -> None:
        """Something went wrong: write no more questions down."""
        self.memo.stop()
        self._open.close()

    def stand_in(self, env: Environment, statics: Set[str], code: str, files: Files) -> Environment:
        """The templates of a language, which give a kept page where it would come out the same."""
        added = {name: value for name, value in env.globals.items() if name not in DEFAULT_NAMESPACE}
        plain = {name: value for name, value in added.items() if isinstance(value, PLAIN)}
        views = {name: f"{name} {code}" for name, one in added.items() if name not in plain and not callable(one)}
        for name, subject in views.items():
            present(subject, env.globals[name])
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        heads = [(page.file.src_uri, str(page.title), repr(page.meta)) for page in pages]
        ground = ground_of(self._templates, code, plain, heads)
        kept = Pages(self._store.load(_part(code), ground) or {}, _names(files))
        self._languages[-1] = _Language(code, ground, kept)
        self._parts.add(_part(code))
        return _Templates(env, statics, views, self, kept)  # type: ignore[return-value]

    def begin_page(self, page: Page) -> None:
        """A page is about to be shown: find it, or write down what is asked from here on."""
        self._open.close()
        self._stamp = hash_of(page.content or ""), [*_outline(page.toc)]
        pages = self._languages[-1].pages
        self._found = pages.find(page.file.src_uri, self._stamp) if pages is not None else None
        self._notebook = Notebook()
        if self._found is None:
            self._open.enter_context(self._notebook.opened())

    def render(self, page: Page, pages: Pages, make: Callable[[], str]) -> str:
        """The page that `begin_page` has found, or a new one."""
        if self._found is not None:
            return self._found
        self.made += 1
        with Listening() as heard:
            html = make()
        self._open.close()
        if not heard.others:
            pages.keep(page.file.src_uri, self._stamp, self._notebook, html)
        return html


@dataclass(frozen=True)
class _Language:
    """A language that is being built; its pages stand on the ground, as soon as its templates are there."""

    code: str = ""
    ground: str = ""
    pages: Pages | None = None


class _Templates:
    """Stands for a language's templates. Those that make no page (`statics`) are as they are."""

    def __init__(
        self, env: Environment, statics: Set[str], views: Mapping[str, str], build: WarmBuild, pages: Pages
    ) -> None:
        self.env, self.views, self.build, self.pages = env, views, build, pages
        self._statics = statics

    def __getattr__(self, name: str) -> Any:
        return getattr(self.env, name)

    def get_template(self, name: str) -> Any:
        return self.env.get_template(name) if name in self._statics else _Template(name, self)


class _Template:
    """Stands for the template of a page, which is read only if it is needed."""

    def __init__(self, name: str, templates: _Templates) -> None:
        self._name, self._templates = name, templates

    def render(self, context: Any) -> str:
        env, views = self._templates.env, self._templates.views.items()

        def make() -> str:
            seen = {name: witnessed(subject, env.globals[name], whole=True) for name, subject in views}
            return env.get_template(self._name).render({**context, **seen})

        return self._templates.build.render(context["page"], self._templates.pages, make)


def _part(code: str) -> str:
    return f"pages-{code}"


def _outline(toc: Iterable[Any]) -> Iterable[tuple[object, ...]]:
    for one in toc:
        yield one.title, one.id, one.level, [*_outline(one.children)]


def _hash_of_templates(config: MkDocsConfig) -> str:
    """The files of the project's own theme that are no plain assets, as for the preview."""
    folder = config.theme.custom_dir
    if not folder:
        return ""
    root = Path(folder)
    areas = Areas({root: Area.ASSET})
    return hash_of_files((path for path in root.rglob("*") if path.is_file() and _is_read(areas, path)), root)


def _is_read(areas: Areas, path: Path) -> bool:
    return areas.area_of(path) is Area.MODEL


def _names(files: Files) -> Names:
    """Pages and files of a language by their place in the generator's tree."""
    places = files.src_uris

    def name_of(value: object) -> Name | None:
        if isinstance(value, Page) and places.get(value.file.src_uri) is value.file:
            return "page", value.file.src_uri
        if isinstance(value, File) and places.get(value.src_uri) is value:
            return "file", value.src_uri
        return None

    def find(name: Name) -> object:
        kind, uri = name
        file = places.get(uri)
        found = file.page if file is not None and kind == "page" else file
        return object() if found is None else found

    return Names(name_of, find)
