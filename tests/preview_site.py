"""A preview without its server, a full build to hold it against, and the edits that editors make."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from mkdocs.config import load_config

from journey import wording
from journey.layout import Look
from journey.preview import host, internals, session
from journey.preview.memo import Memo
from journey.readable import find_unreadable
from support import ROOT

URL = "http://127.0.0.1:8000/"
WORDS = 'The water office opens at <b>eight</b>; a "day" has *many* hours.'

FULL_BUILD = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from journey import wording
project, site, url, strings = sys.argv[1:]
wording.STRINGS = Path(strings)
config = load_config(project + "/mkdocs.yml", site_dir=site)
config.plugins.on_startup(command="serve", dirty=False)
config.site_url = url
config.plugins["journey-content"].remembers = False
build(config, serve_url=url)
"""


class Preview:
    """A session of a project, with the interface's strings beside it so that a test can edit them."""

    def __init__(self, project: Path, folder: Path) -> None:
        self.project, self.site_dir, self._full = project, folder / "preview", folder / "full"
        self.site_dir.mkdir()
        memo, bytecode = Memo(), internals.MemoryBytecode()

        def make_site(look: Look | None) -> host.Site:
            nonlocal memo
            config = load_config(str(project / "mkdocs.yml"), site_dir=str(self.site_dir))
            config.site_url = URL
            written = (project / "mkdocs.yml").read_bytes()
            if written != self._settings:
                self._settings, memo = written, Memo()
            content = config.plugins["journey-content"]
            content.is_preview = True  # type: ignore[attr-defined]
            return host.Site(config, memo, bytecode, look)

        self._settings = b""
        self.session = session.Session(make_site, find_unreadable)
        self.session.start()

    def page(self, address: str) -> str:
        """A page as a browser would get it."""
        page = self.session.page_at(self.site_dir / address / "index.html")
        assert page is not None, f"there is no page at {address}"
        return page

    def save(self) -> bool:
        """Take in what was written."""
        return self.session.look_again()

    def settle(self) -> None:
        """Let the background come to its end."""
        for _ in range(3):  # checks may change pages once more
            assert self.session.settle(), self.session.problems

    def differences(self) -> list[str]:
        """Files that a full build would have written in another way."""
        subprocess.run(["rm", "-rf", str(self._full)], check=True)
        done = subprocess.run(
            [sys.executable, "-c", FULL_BUILD, str(self.project), str(self._full), URL, str(wording.STRINGS)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        ours, theirs = _files(self.site_dir), _files(self._full)
        names = sorted(ours.keys() | theirs.keys())
        assert len(theirs) > 10
        return [name for name in names if name not in ours or name not in theirs or ours[name] != theirs[name]]


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


Edit = Callable[[Path, Random], None]
EDITS: dict[str, Edit] = {}


def _edit(function: Edit) -> Edit:
    EDITS[function.__name__] = function
    return function


def _pages(project: Path, pattern: str = "**/*.md") -> list[Path]:
    found = [path for top in ("docs", "modules", "research") for path in sorted((project / top).glob(pattern))]
    return [path for path in found if not any(part.startswith("_") for part in path.parts) and path.name != "README.md"]


def _one(project: Path, random: Random, pattern: str = "**/*.md", having: str = "") -> Path | None:
    found = [path for path in _pages(project, pattern) if having in path.read_text(encoding="utf-8")]
    return random.choice(found) if found else None


def _change(path: Path | None, change: Callable[[str], str]) -> None:
    if path is not None:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _sub(pattern: str, text: str) -> Callable[[str], str]:
    return lambda old: re.sub(pattern, lambda _: text, old, count=1, flags=re.M)


@_edit
def body(project: Path, random: Random) -> None:
    _change(_one(project, random), lambda text: f"{text}\n\n{WORDS}\n")


@_edit
def course_plan(project: Path, random: Random) -> None:
    _change(
        _one(project, random, "courses/*.yml", "minutes: 60"),
        _sub(r"minutes: 60", f"minutes: {random.randint(61, 90)}"),
    )


@_edit
def line_above(project: Path, random: Random) -> None:
    _change(_one(project, random), _sub(r"^(?=## )", "A line above.\n\n"))


@_edit
def heading(project: Path, random: Random) -> None:
    _change(_one(project, random, having="\n## "), _sub(r"^## [^{\n]+", f"## Renamed {random.random():.4f} "))


@_edit
def anchor(project: Path, random: Random) -> None:
    _change(_one(project, random, having="{#"), _sub(r"\{#([\w-]+)\}", "{#moved}"))


@_edit
def section_away(project: Path, random: Random) -> None:
    _change(_one(project, random, having="\n## "), lambda text: text.rpartition("\n## ")[0] + "\n")


@_edit
def many_words(project: Path, random: Random) -> None:
    _change(_one(project, random), lambda text: text + "\n" + "Many words take minutes. " * 120 + "\n")


@_edit
def title(project: Path, random: Random) -> None:
    _change(
        _one(project, random, having="\ntitle:"), _sub(r"^title: .*$", f'title: "Title {random.random():.4f} & more"')
    )


@_edit
def description(project: Path, random: Random) -> None:
    _change(
        _one(project, random, having="\ndescription:"), _sub(r"^description: .*$", f"description: It {random.random()}")
    )


@_edit
def objective(project: Path, random: Random) -> None:
    _change(_one(project, random, having="\nobjectives:\n"), _sub(r"^(  [\w-]+-o1: ).*$", "  w-o1: Name two rivers."))


@_edit
def order_of_objectives(project: Path, random: Random) -> None:
    _change(
        _one(project, random, "modules/*/index*.md", "objectives:"),
        lambda text: re.sub(r"^(  [\w-]+: .*\n)(  [\w-]+: .*\n)", r"\2\1", text, count=1, flags=re.M),
    )


@_edit
def review(project: Path, random: Random) -> None:
    _change(_one(project, random, having="\nreviewed_on:"), _sub(r"^reviewed_on: .*$", "reviewed_on: 2026-07-07"))


@_edit
def minutes(project: Path, random: Random) -> None:
    _change(_one(project, random, having="activity_minutes"), _sub(r"^activity_minutes: .*$", "activity_minutes: 95"))


@_edit
def item(project: Path, random: Random) -> None:
    _change(_one(project, random, having="/// question"), _sub(r"^- \[[ x]\] a\. .*$", "- [x] a. Another option"))


@_edit
def stem(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/bank*.md", "/// question"), _sub(r"^(?=- \[|= )", "Think twice.\n\n"))


@_edit
def term(project: Path, random: Random) -> None:
    _change(_one(project, random, "glossary*.md"), _sub(r"^## [^{\n]+", "## Office hours "))


@_edit
def definition(project: Path, random: Random) -> None:
    _change(_one(project, random, "glossary*.md"), lambda text: text.replace("}\n\n", "}\n\nIn short: ", 1))


@_edit
def new_term(project: Path, random: Random) -> None:
    number = random.randrange(10**6)
    entry = f"\n\n## Day {{#day-{number}}}\n\nTwenty-four hours.\n\n- also: many hours\n"
    _change(_one(project, random, "glossary.md"), lambda text: text.rstrip() + entry)


@_edit
def fact(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/facts.yml"), _sub(r"^  label: .*$", "  label: People who have a tap at home"))


@_edit
def quotation(project: Path, random: Random) -> None:
    facts = _one(project, random, "**/facts.yml")
    name = re.search(r"^([\w-]+):$", facts.read_text(encoding="utf-8"), re.M) if facts else None
    if name:
        _change(_one(project, random), lambda text: f"{text}\n\nAs [they say](fact:{name[1]}).\n")


@_edit
def data(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/*.csv"), lambda text: re.sub(r"\d+(?=\n|$)", "8", text, count=1))


@_edit
def provenance(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/data/*.yml"), _sub(r"^source: .*$", "source: Somebody else"))


@_edit
def work(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/*.bib"), _sub(r"title\s*=\s*\{[^{}]*\}", "title = {Another title}"))


@_edit
def drawing(project: Path, random: Random) -> None:
    _change(
        _one(project, random, "**/*.svg"),
        lambda text: text.replace("</svg>", '<path class="f-line" d="M0 0h9"/></svg>'),
    )


@_edit
def drawn_words(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/figures.*.yml"), lambda text: re.sub(r'": "', '": "+', text, count=1))


@_edit
def untouched(project: Path, random: Random) -> None:
    _change(_one(project, random), lambda text: text)


@_edit
def style_sheet(project: Path, random: Random) -> None:
    _change(
        project / "overrides/assets/css/journey.css", lambda text: text + f"\nb {{ order: {random.randrange(99)}; }}\n"
    )


@_edit
def script(project: Path, random: Random) -> None:
    _change(project / "overrides/assets/js/journey.js", lambda text: text + "\n/* more */\n")


@_edit
def template(project: Path, random: Random) -> None:
    _change(project / "overrides/journey/footer.html", lambda text: text.replace("<footer", "<p>More.</p><footer", 1))


@_edit
def interface_string(project: Path, random: Random) -> None:
    path = random.choice(sorted(wording.STRINGS.glob("*.yml")))
    key = random.choice(
        ["site.menu", "block.key-messages", "quiz.question", "heading.link", "chart.source", "search.open"]
    )
    _change(path, _sub(rf"^({re.escape(key)}: )", f"{key}: ~"))


@_edit
def navigation(project: Path, random: Random) -> None:
    _change(project / "mkdocs.yml", lambda text: text.replace("  - Papers:", "  - Reading:", 1))


@_edit
def page_added(project: Path, random: Random) -> None:
    name = f"new-{random.randrange(10**6)}.md"
    head = f"---\ntitle: New {name}\ndescription: New.\nstatus: draft\n---\n\n"
    (project / "docs" / name).write_text(f"{head}{WORDS}\n\nTo [the start](index.md).\n", encoding="utf-8")


@_edit
def page_without_title(project: Path, random: Random) -> None:
    (project / "docs" / f"bare-{random.randrange(10**6)}.md").write_text(f"# Bare\n\n{WORDS}\n", encoding="utf-8")


@_edit
def page_deleted(project: Path, random: Random) -> None:
    found = [path for path in (project / "docs").glob("*.md") if path.name.startswith(("new-", "bare-", "moved-"))]
    if found:
        random.choice(sorted(found)).unlink()


@_edit
def page_renamed(project: Path, random: Random) -> None:
    found = [path for path in (project / "docs").glob("*.md") if path.name.startswith("new-")]
    if found:
        path = random.choice(sorted(found))
        path.rename(path.with_name(f"moved-{random.randrange(10**6)}.md"))


@_edit
def translation_added(project: Path, random: Random) -> None:
    found = [path for path in _pages(project) if path.name.count(".") == 1 and path.name not in ("bank.md", "final.md")]
    found = [path for path in found if not path.with_suffix(".ur.md").exists() and path.name[:5] != "train"]
    if found:
        path = random.choice(found)
        path.with_suffix(".ur.md").write_text(
            "---\ntitle: ترجمہ\ndescription: نیا\nstatus: draft\n---\n\nنیا صفحہ\n", encoding="utf-8"
        )


@_edit
def translation_deleted(project: Path, random: Random) -> None:
    found = [path for path in _pages(project, "**/*.ur.md") if path.name != "index.ur.md"]
    if found:
        random.choice(found).unlink()


@_edit
def picture_added(project: Path, random: Random) -> None:
    folder = project / "docs/assets"
    folder.mkdir(exist_ok=True)
    (folder / f"dot-{random.randrange(10**6)}.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>', encoding="utf-8"
    )


@_edit
def secret(project: Path, random: Random) -> None:
    _change(_one(project, random, "**/final.md"), lambda text: f"{text}\n\nMore.\n")


def play(preview: Preview, names: Sequence[str], random: Random) -> None:
    """Make edits one after the other; now and then a page is read or the background runs in between."""
    for name in names:
        EDITS[name](preview.project, random)
        preview.save()
        if random.random() < 0.5:
            page = random.choice(list(preview.session.site.iter_pages()))
            preview.session.page_at(page.dest)
        if random.random() < 0.2:
            preview.settle()


def own_strings(folder: Path) -> Path:
    """A copy of the interface's strings."""
    target = folder / "strings"
    target.mkdir()
    for path in wording.STRINGS.glob("*.yml"):
        (target / path.name).write_bytes(path.read_bytes())
    return target


OVERRIDES = ROOT / "overrides"

MORE = {
    "docs/glossary.md": "---\ntitle: Glossary\ndescription: Words.\ntemplate: glossary.html\nstatus: draft\n---\n\n"
    "What words mean.\n\n## Tap {#tap}\n\nA thing that gives [river](term:river) water.\n\n- also: taps\n"
    "- see: [River](term:river)\n\n## River {#river}\n\nWater that flows.\n",
    "docs/glossary.ur.md": "---\ntitle: لغت\ndescription: الفاظ\nstatus: draft\n---\n\nالفاظ\n\n## نل {#tap}\n\nپانی دیتا ہے۔\n",
    "docs/progress.md": "---\ntitle: Progress\ndescription: Yours.\ntemplate: progress.html\nstatus: draft\n---\n\nHere.\n",
    "docs/lens.md": "---\ntitle: Lens\ndescription: All.\ntemplate: lens.html\nstatus: draft\n---\n\nHere.\n",
    "modules/water/pre-test.md": "---\nid: w-pre\ntitle: Before\ndescription: A test.\nstatus: draft\n---\n\n"
    "/// quiz | w-pre-test\n    kind: pre-test\n    draw: { w-o1: 1 }\n\nFirst.\n///\n",
    "modules/water/bank.ur.md": "# بینک\n\n/// question | w-b1\n\nدریا کا نام لکھیں۔\n\n= لمبا\n///\n",
}
"""What the tiny site has not got, so that every capability has something to show."""


def fill(project: Path) -> Path:
    """The tiny site with what it has not got, and with templates of its own."""
    for name, text in MORE.items():
        (project / name).write_text(text, encoding="utf-8")
    shutil.copytree(OVERRIDES, project / "overrides")
    return project
