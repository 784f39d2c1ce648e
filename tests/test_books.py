"""Books as readers, printers and trainers get them: a tiny site in six languages is built whole and read back."""

from __future__ import annotations

import collections
import hashlib
import io
import itertools
import json
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from mkdocs.config import load_config
from PIL import Image, ImageChops, ImageStat

from journey.books.bindery import make_book
from journey.books.finish import OUR_FONTS, fonts_of
from journey.books.host import open_press
from journey.books.leaks import build_gate, search_site
from journey.books.model import BookShelf
from journey.books.pdftext import elements, read_aloud
from journey.books.press import Press
from journey.books.setting import open_project
from journey.layout import Layout
from journey.locales import LOCALES
from support import Run, journey
from test_epubcheck import judge

PAGES = Path(__file__).parent / "cases" / "books" / "pages"
LANGUAGES = list(LOCALES)
TRIMS = {"water-pocket": (297.6, 419.5), "water-handbook": (419.5, 595.3), "water-guide": (595.3, 841.9)}
"""Width and height in points."""

WEB = {"en": "film", "ur": "فلم", "km": "ភាពយន្ត", "fr": "film", "es": "película", "zh": "影片"}
TRAINER = {
    "en": "ten minutes",
    "ur": "دس منٹ",
    "km": "ដប់នាទី",
    "fr": "dix minutes",
    "es": "diez minutos",
    "zh": "十分钟",
}
PARTICIPANT = {
    "en": "second day",
    "ur": "دوسرے دن",
    "km": "ថ្ងៃទីពីរ",
    "fr": "deuxième jour",
    "es": "segundo día",
    "zh": "第二天",
}


@pytest.fixture(scope="session")
def project(books_project: Path) -> Path:
    return books_project


@pytest.fixture(scope="session")
def shelf_and_press(project: Path) -> tuple[BookShelf, Press]:
    press, shelf = open_press(load_config(str(project / "mkdocs.yml")))
    return shelf, press


def texts_of(press: Press, shelf: BookShelf, book: str, locale: str) -> str:
    """All that is printed in a book, without spaces."""
    return squeeze(" ".join(press.edit(shelf.books[book], locale).manuscript.texts()))


def squeeze(text: str) -> str:
    """Without what line breaks and languages put between words."""
    return re.sub(r"[\s\u00ad\u200b\u00a0\u202f\u2060]+", "", text)


def as_list(value: object) -> list[pikepdf.Dictionary]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]  # type: ignore[list-item]


def pdf_of(project: Path, book: str, locale: str) -> Path:
    public = project / "site" / "downloads" / f"{book}.{locale}.pdf"
    return public if public.is_file() else project / "trainer-pack" / locale / public.name


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("book", ["water-pocket", "water-handbook", "water-guide", "water-forms"])
def test_every_word_can_be_read_aloud_in_its_order(
    project: Path, shelf_and_press: tuple[BookShelf, Press], book: str, locale: str
) -> None:
    shelf, press = shelf_and_press
    manuscript = press.edit(shelf.books[book], locale).manuscript
    with pikepdf.open(pdf_of(project, book, locale)) as pdf:
        heard = read_aloud(pdf)
    words = [squeeze(word) for text in manuscript.texts() for word in text.split()]
    missing = [word for word in words if word and word not in squeeze(heard)]
    assert not missing
    edition = press.edit(shelf.books[book], locale)
    notes = squeeze(" ".join("".join(note.itertext()) for c in edition.chapters for note in c.notes.values()))
    once = [squeeze(text) for chunk in manuscript.chunks for text in chunk.texts]
    once = [
        text
        for text in once
        if len(text) > (3 if locale == "zh" else 8) and squeeze(heard).count(text) == 1 and text not in notes
    ]
    places = [squeeze(heard).index(text) for text in once]
    out_of_order = [text for (a, b), text in zip(itertools.pairwise(places), once[1:], strict=True) if a > b]
    assert once
    assert len(out_of_order) <= 1, out_of_order  # the title of a tool is heard before the word for tool


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("book", ["water-pocket", "water-handbook", "water-guide"])
def test_a_book_is_an_accessible_pdf_of_its_size(project: Path, book: str, locale: str) -> None:
    with pikepdf.open(pdf_of(project, book, locale)) as pdf:
        assert str(pdf.Root.Lang).split("-")[0] == locale
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        right_to_left = pdf.Root.ViewerPreferences.get("/Direction") == "/R2L"
        assert right_to_left == (LOCALES[locale].direction == "rtl")
        assert str(pdf.docinfo.get("/Title", "")) or pdf.open_metadata().get("dc:title")
        assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes().decode()
        fonts = fonts_of(pdf)
        assert fonts and all(font.startswith(OUR_FONTS) for font in fonts)
        for page in pdf.pages:
            assert [round(float(n), 1) for n in page.mediabox[2:]] == list(TRIMS[book])
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 2
        tables = list(elements(pdf, "/Table"))
        heads = list(elements(pdf, "/TH"))
        scopes = {str(one.Scope) for head in heads for one in as_list(head.A) if "/Scope" in one}
        assert tables and scopes == {"/Row", "/Column"}
        assert all(str(figure.get("/Alt", "")) for figure in elements(pdf, "/Figure"))
        labels = pdf.Root.PageLabels.Nums
        last = str(labels[-1].P)
        assert int(last) == len(pdf.pages)
        assert last.isascii() == (locale not in ("ur", "km"))


def test_each_audience_reads_its_own_passages(project: Path, shelf_and_press: tuple[BookShelf, Press]) -> None:
    shelf, press = shelf_and_press
    for locale in LANGUAGES:
        handbook = texts_of(press, shelf, "water-handbook", locale)
        guide = texts_of(press, shelf, "water-guide", locale)
        pocket = texts_of(press, shelf, "water-pocket", locale)
        page = project / "site" / ("" if locale == "en" else locale) / "modules" / "water" / "01-well" / "index.html"
        web = squeeze(page.read_text(encoding="utf-8"))
        found = {
            name: [squeeze(words[locale]) in text for words in (WEB, PARTICIPANT, TRAINER)]
            for name, text in (("web", web), ("handbook", handbook), ("guide", guide), ("pocket", pocket))
        }
        assert found == {
            "web": [True, False, False],
            "handbook": [False, True, False],
            "guide": [False, True, True],
            "pocket": [False, False, False],
        }, locale


def test_picks_take_nothing_but_the_marked_passages(shelf_and_press: tuple[BookShelf, Press]) -> None:
    shelf, press = shelf_and_press
    chapter = press.edit(shelf.books["water-pocket"], "en").chapters[0]
    text = " ".join(" ".join(chapter.root.itertext()).split())
    assert text == "A well without an owner runs dry twice. Decide first who pays; the form comes later."


def test_keys_stand_apart_and_keys_of_tests_only_with_trainers(shelf_and_press: tuple[BookShelf, Press]) -> None:
    shelf, press = shelf_and_press
    edition = press.edit(shelf.books["water-handbook"], "en")
    lines = [chunk.code for chunk in edition.manuscript.chunks]
    answers = next(n for n, line in enumerate(lines) if 'label("answers")' in line)
    assert not [line for line in lines[:answers] if "answer(" in line or "not right" in line]
    assert [line for line in lines[answers:] if "Yes: it holds the budget" in line]
    forms = press.edit(shelf.books["water-forms"], "en")
    assert not [chunk for chunk in forms.manuscript.chunks if "answer(" in chunk.code]


def test_the_same_input_gives_the_same_bytes(project: Path, shelf_and_press: tuple[BookShelf, Press]) -> None:
    shelf, press = shelf_and_press
    shutil.rmtree(project / ".books-cache")
    for locale in ("en", "ur", "km"):
        again = make_book(press, shelf.books["water-handbook"], locale)
        assert again.artefacts[0].data == pdf_of(project, "water-handbook", locale).read_bytes()


def test_a_warm_build_sets_nothing_again(
    project: Path, shelf_and_press: tuple[BookShelf, Press], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, press = shelf_and_press
    first = make_book(press, shelf.books["water-pocket"], "fr")

    def refuse(*_: object) -> None:
        raise AssertionError("the book was set again")

    monkeypatch.setattr("journey.books.press.set_book", refuse)
    assert make_book(press, shelf.books["water-pocket"], "fr").artefacts == first.artefacts


def test_the_receipt_names_every_file_and_nothing_of_the_trainers(project: Path) -> None:
    folder = project / "site" / "downloads"
    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))["files"]
    files = {file.name for file in folder.iterdir() if file.suffix in (".pdf", ".epub")}
    assert {one["file"] for one in receipt} == files
    kinds = collections.Counter(one["kind"] for one in receipt)  # three public books in six languages
    assert kinds == {"pages": 18, "large": 6, "booklet": 12, "4up": 6, "epub": 18}
    for one in receipt:
        data = (folder / one["file"]).read_bytes()
        assert one["bytes"] == len(data)
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
        if one["kind"] not in ("pages", "large"):
            continue
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert one["pages"] == len(pdf.pages)
    handbook = next(one for one in receipt if one["file"] == "water-handbook.ur.pdf")
    assert handbook["items"] == ["m9-u1-q01", "m9-u2-q01"]
    assert handbook["in_source_language"] == ["Who keeps the pump"]
    assert not [path for path in (project / "site").rglob("*") if "guide" in path.name or "final" in path.name]


def test_the_trainer_pack_has_papers_keys_banks_and_the_guide(project: Path) -> None:
    pack = project / "trainer-pack"
    names = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}
    for locale in LANGUAGES:
        for name in ("m9-final", "m9-pre"):
            for kind in ("paper", "sheet", "key"):
                assert f"{locale}/tests/{name}.{locale}.{kind}.pdf" in names
        assert f"{locale}/water-guide.{locale}.pdf" in names
        assert f"{locale}/moodle/water.{locale}.xml" in names
        assert f"{locale}/moodle/m9-final.{locale}.setup.html" in names
    with pikepdf.open(pack / "en" / "tests" / "m9-final.en.paper.pdf") as pdf:
        paper = squeeze(read_aloud(pdf))
    with pikepdf.open(pack / "en" / "tests" / "m9-final.en.key.pdf") as pdf:
        key = squeeze(read_aloud(pdf))
    assert squeeze("asks the mayor for money") in paper
    assert squeeze("whoever signed") not in paper and squeeze("whoever signed must answer") in key


def test_the_downloads_page_lists_every_file_in_the_readers_language(project: Path) -> None:
    for locale, folder, word in (("en", "", "Pages: "), ("ur", "ur/", "صفحات: ")):
        html = (project / "site" / f"{folder}downloads" / "index.html").read_text(encoding="utf-8")
        assert "journey: list of downloads" not in html
        assert word in html
        targets = re.findall(r'href="((?:\.\./)+)downloads/([^"]+\.(?:pdf|epub))"', html)
        downloads = (project / "site" / "downloads").iterdir()
        assert {name for _, name in targets} == {f.name for f in downloads if f.suffix in (".pdf", ".epub")}
        assert {up for up, _ in targets} == {"../" if locale == "en" else "../../"}
        first = re.search(r'id="files-(\w+)"', html)
        assert first is not None and first[1] == locale


def test_a_printed_copy_learns_what_has_changed(project: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    run = journey("books", "release", "water-handbook", cwd=copy)
    assert run.code == 0, run.err
    assert run.out.count("released:") == 6
    assert journey("books", "release", "water-handbook", cwd=copy).out.startswith("0 new editions")
    ledger = json.loads((copy / "docs" / "downloads" / "editions.json").read_text(encoding="utf-8"))
    stamp = next(one["edition"] for one in ledger if one["locale"] == "en")
    page = copy / "modules" / "water" / "01-well.md"
    page.write_text(page.read_text(encoding="utf-8").replace("three forms", "four forms"), encoding="utf-8")
    run = journey("site", cwd=copy)
    assert run.code == 0, run.err
    html = (copy / "site" / "go" / "water-handbook" / "index.html").read_text(encoding="utf-8")
    own = html[html.index(f'id="e-{stamp}"') :]
    own = own[: own.index("</section>")]
    assert re.findall(r'href="\.\./\.\./([^"]+)"', own) == ["modules/water/01-well/#dry"]
    assert "A well runs dry" in own
    assert (copy / "site" / "downloads" / "editions.json").is_file()


@pytest.mark.parametrize("kind", ["page", "data", "attribute"])
def test_the_gate_finds_a_planted_leak(project: Path, tmp_path: Path, kind: str) -> None:
    gate = build_gate(Layout(project))
    secret = "let the groups draw the path on the floor before you show the table"
    final = "The contractor of a distant town asks the mayor for money twice in one week."
    khmer = "ឱ្យក្រុមគូរផ្លូវនៅលើកម្រាលមុនបង្ហាញតារាង ហើយឱ្យពេលដប់នាទី"
    for number, text in enumerate((secret, final, khmer)):
        planted = tmp_path / f"{kind}{number}"
        planted.mkdir()
        if kind == "page":
            (planted / "index.html").write_text(f"<p>x <b>{text[:9]}</b>{text[9:]}</p>", encoding="utf-8")
        elif kind == "data":
            (planted / "search.json").write_text(json.dumps({"docs": [{"text": text}]}), encoding="utf-8")
        else:
            (planted / "index.html").write_text(f'<div data-key="{text}"></div>', encoding="utf-8")
        assert [secret.path.name for _, secret in search_site(gate, planted)]
    clean = tmp_path / "clean"
    clean.mkdir()
    (clean / "index.html").write_text("<p>Let the groups draw a map and show it.</p>", encoding="utf-8")
    assert not list(search_site(gate, clean))


def test_an_ebook_has_what_its_readers_may_have(project: Path) -> None:
    with zipfile.ZipFile(project / "site" / "downloads" / "water-handbook.en.epub") as archive:
        text = " ".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xhtml"))
    assert "second day of the course" in text and "Yes: it holds the budget" in text
    assert "ten minutes" not in text and "film" not in text


@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck needs Java; `make test` installs it on Debian")
def test_an_ebook_stands_before_its_judge(project: Path, tmp_path: Path) -> None:
    assert judge((project / "site" / "downloads" / "water-handbook.ur.epub").read_bytes(), tmp_path) == []


def test_sheets_begin_with_the_way_to_print_them(project: Path) -> None:
    with pikepdf.open(project / "site" / "downloads" / "water-pocket.ur.4up.pdf") as pdf:
        assert len(pdf.pages) == 2 + 2 * 1  # the first sheet, then eight pages on both sides of one
        assert [round(float(n)) for n in pdf.pages[0].mediabox[2:]] == [595, 842]
    with pikepdf.open(project / "site" / "downloads" / "water-pocket.en.booklet.pdf") as pdf:
        assert len(pdf.pages) == 2 + 2 * 2
        assert [round(float(n)) for n in pdf.pages[0].mediabox[2:]] == [595, 420]


def test_a_leak_stops_the_whole_publication(project: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    page = copy / "modules" / "water" / "index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text + "\nThe contractor of a distant town asks the mayor for money twice in one week.\n", encoding="utf-8"
    )
    before = (copy / "site" / "index.html").stat().st_mtime_ns
    run = journey("site", cwd=copy)
    assert run.code == 1
    assert "final.md:6: B014" in run.err
    assert (copy / "site" / "index.html").stat().st_mtime_ns == before


def test_one_failing_book_stops_no_other(project: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    page = copy / "modules" / "water" / "01-well.ur.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nہاتھ ☂ پہلے۔\n", encoding="utf-8")
    run = journey("books", "water-handbook", "--output", "out", cwd=copy)
    line = len(page.read_text(encoding="utf-8").split("\n")) - 1
    assert run.code == 1
    assert f"01-well.ur.md:{line}: B011" in run.err
    assert {file.name for file in (copy / "out").glob("*.pdf")} >= {"water-handbook.en.pdf", "water-handbook.zh.pdf"}
    assert not (copy / "out" / "water-handbook.ur.pdf").exists()


def test_commands_say_what_there_is(project: Path) -> None:
    unknown: Run = journey("books", "no-such-book", cwd=project)
    assert unknown.code == 2 and "water-pocket" in unknown.err
    assert journey("books", "water-pocket", "--locale", "xx", cwd=project).code == 2
    assert "release" in journey("books", "--help", cwd=project).out


def test_a_new_book_can_be_made_at_once(tmp_path: Path, project: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    run = journey("new", "book", "modules/water", "my-book", "--title", 'A "new" book: one', "--trim", "a6", cwd=copy)
    assert run.code == 0, run.err
    assert journey("check", cwd=copy).code == 0
    made = journey("books", "my-book", "--output", "out", cwd=copy)
    assert made.code == 0, made.err
    assert (copy / "out" / "my-book.en.pdf").is_file()
    assert journey("new", "book", "modules/water", "my-book", "--title", "x", cwd=copy).code == 2


REVIEWED = [("ur", 5), ("ur", 6), ("km", 5), ("zh", 5)]


@pytest.mark.parametrize(("locale", "number"), REVIEWED)
def test_pages_look_as_reviewed(
    shelf_and_press: tuple[BookShelf, Press], locale: str, number: int, request: pytest.FixtureRequest
) -> None:
    """Compared by picture with a tolerance; `--bless` takes the new picture, which is to be looked at."""
    shelf, press = shelf_and_press
    edition = press.edit(shelf.books["water-pocket"], locale)
    with open_project(edition.manuscript) as compiler:
        pictures = compiler.compile(format="png", ppi=110)
    assert isinstance(pictures, list)
    now = Image.open(io.BytesIO(pictures[number - 1])).convert("L")
    reviewed = PAGES / f"{locale}-{number}.png"
    if request.config.getoption("--bless"):
        PAGES.mkdir(exist_ok=True)
        now.quantize(8).save(reviewed, optimize=True)
    then = Image.open(reviewed).convert("L")
    assert now.size == then.size
    difference = ImageStat.Stat(ImageChops.difference(now, then)).mean[0]
    assert difference < 3, f"mean difference of grey {difference:.1f} of 255"


def test_a_paper_with_citations_and_charts_becomes_a_book(tmp_path: Path) -> None:
    """The paper on Kenya, of this repository: its works are listed, its charts are drawn and described."""
    run = journey("books", "kenya-paper", "--locale", "en", "--output", str(tmp_path))
    assert run.code == 0, run.err + run.out
    with zipfile.ZipFile(tmp_path / "kenya-paper.en.epub") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")}
        drawings = [name for name in archive.namelist() if "chart-ke-coverage" in name]
    text = next(page for name, page in pages.items() if "index" in name)
    assert 'href="#ref-' in text and "[@" not in text
    assert len(drawings) == 2 and text.count('alt="What is measured') == 4
    with pikepdf.open(tmp_path / "kenya-paper.en.pdf") as pdf:
        assert len(pdf.pages) > 15
