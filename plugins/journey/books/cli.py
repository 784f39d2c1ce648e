"""The commands `journey books` and `journey new book`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig

from ..checks import ALL_RULES
from ..diagnostics import Diagnostic, format_text
from ..host import layout_of
from ..site import swap_in
from .bindery import iter_books
from .compose import Edition
from .editions import LEDGER, LedgerError, read_ledger, release, write_ledger
from .front import EXAMPLE
from .host import ebook_maker, make_renderer, open_press, pack_files
from .leaks import build_gate
from .printed import WalkError
from .publish import (
    Publication,
    check_keys,
    check_leaks,
    collect,
    describe,
    fill_lists,
    write_changes,
    write_downloads,
    write_pack,
)
from .scaffold import new_book_text
from .setting import SettingError

OUTPUT = "build/books"


class _BooksGroup(click.Group):
    """`journey books` and `journey books BOOK` make books; what is no command is the id of one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "make", self.commands["make"], args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_BooksGroup, subcommand_metavar="[BOOK] [OPTIONS] | COMMAND")
def books() -> None:
    """Make books, or one BOOK, from the pages. `journey books make --help` lists the options."""


def publish_books(config: MkDocsConfig, site: Path, pack: Path, report: Callable[[str], None]) -> bool:
    """Give a finished site its books and write the trainer pack. Says what is wrong and returns False if anything is."""
    press, shelf = open_press(config)
    publication = collect(iter_books(shelf, press, ebooks=ebook_maker(config, press)), report)
    publication.findings += check_keys(publication)
    publication.findings += check_leaks(publication, build_gate(press.layout), site)
    ledger_file = Path(config.docs_dir) / LEDGER
    try:
        ledger = read_ledger(ledger_file)
        publication.pack.update(pack_files(config, press))
    except (LedgerError, SettingError, WalkError) as error:
        click.secho(f"trainer pack: {error}", fg="red", err=True)
        return False
    if publication.findings:
        show_findings(publication.findings)
        return False
    render = make_renderer(config)
    write_downloads(publication, site)
    fill_lists(publication, site, press.layout.locales, render)
    write_changes(publication, ledger, site, press.address_of_section, render)
    aside = pack.with_name(f".{pack.name}-next")
    shutil.rmtree(aside, ignore_errors=True)
    write_pack(publication.pack, aside)
    swap_in(aside, pack)
    report(f"{pack.name}/ is new: {len(publication.pack)} files, for trainers only.")
    if EXAMPLE in press.site_url:
        report("site_url in mkdocs.yml is the example: QR codes in the books lead nowhere until it is set.")
    return True


def show_findings(findings: Sequence[Diagnostic]) -> None:
    """The letters to editors, each once, in order."""
    for finding in sorted(set(findings)):
        click.echo(f"{click.style('error', fg='red')}  {format_text(finding, ALL_RULES[finding.rule])}\n", err=True)


Load = Callable[..., MkDocsConfig]


def add_book_commands(main: click.Group, new: click.Group, load: Load) -> None:
    """Put the commands of books below those of the project; `load` reads the project's settings."""
    main.add_command(books)

    @books.command("make")
    @click.argument("book", required=False, default="")
    @click.option("--locale", default="", help="Only this language; all languages of the book otherwise.")
    @click.option(
        "--output",
        default=OUTPUT,
        show_default=True,
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder to write to.",
    )
    @click.option("--open", "show", is_flag=True, help="Open what was made, for a look at a page that you write.")
    @click.pass_obj
    def make(config_file: Path, book: str, locale: str, output: Path, show: bool) -> None:
        """Make BOOK, or all books, as PDF and e-book.

        Exit codes: 0 all is well, 1 a book could not be made (the others were), 2 wrong call.
        """
        config = load(config_file)
        press, shelf = open_press(config)
        if book and book not in shelf.books:
            raise click.UsageError(f"There is no book {book}. Books: {', '.join(sorted(shelf.books)) or 'none yet'}.")
        if locale and locale not in press.layout.locales:
            raise click.UsageError(f"{locale} is no language of this site: {', '.join(press.layout.locales)}.")
        findings: list[Diagnostic] = list(shelf.problems)
        written: list[Path] = []
        editions: list[Edition] = []
        output.mkdir(parents=True, exist_ok=True)
        for made in iter_books(shelf, press, book, locale, ebook_maker(config, press)):
            findings += made.findings
            editions += [made.edition] if made.edition else []
            for artefact in made.artefacts:
                target = output / artefact.name
                target.write_bytes(artefact.data)
                written.append(target)
                click.echo(describe(artefact))
            if made.findings:
                click.secho(f"{made.book.id}.{made.locale}: not made", fg="red", err=True)
        gate = build_gate(press.layout)
        findings += check_leaks(Publication(editions=editions), gate, None)
        show_findings(findings)
        if not written and not findings:
            raise click.UsageError("Nothing to make: the book is not planned in this language.")
        if show:
            for target in written:
                click.launch(str(target))
        click.echo(f"{len(written)} files in {output}")
        sys.exit(1 if findings else 0)

    @books.command("release")
    @click.argument("book", required=False, default="")
    @click.pass_obj
    def release_books(config_file: Path, book: str) -> None:
        """Write down that BOOK, or every book, is printed as it is now, so that readers can learn what changed later.

        Adds to docs/downloads/editions.json, which is to be committed. Exit codes as for `make`.
        """
        config = load(config_file)
        press, shelf = open_press(config)
        if book and book not in shelf.books:
            raise click.UsageError(f"There is no book {book}. Books: {', '.join(sorted(shelf.books)) or 'none yet'}.")
        made = list(iter_books(shelf, press, book))
        findings = [finding for one in made for finding in one.findings] + list(shelf.problems)
        if findings:
            show_findings(findings)
            sys.exit(1)
        file = Path(config.docs_dir) / LEDGER
        before = read_ledger(file)
        after = release(before, [one.edition for one in made if one.edition and one.book.is_public])
        write_ledger(file, after)
        for one in after[len(before) :]:
            click.echo(f"released: {one.book}.{one.locale}, edition {one.edition}, {len(one.sections)} sections")
        click.echo(f"{len(after) - len(before)} new editions in {file.name}; commit it.")

    @new.command("book")
    @click.argument("folder")
    @click.argument("book_id", metavar="ID")
    @click.option("--title", required=True, help="The book's title in English.")
    @click.option("--trim", default="a5", show_default=True, type=click.Choice(["a6", "a5", "a4", "form"]))
    @click.option(
        "--audience", default="participant", show_default=True, type=click.Choice(["participant", "pocket", "trainer"])
    )
    @click.pass_obj
    def new_book(config_file: Path, folder: str, book_id: str, title: str, trim: str, audience: str) -> None:
        """The definition of a book in FOLDER/books/ID.yml, with all pages of FOLDER (modules/coordination)."""
        layout = layout_of(load(config_file))
        target = layout.root / folder / "books" / f"{book_id}.yml"
        pages = sorted(
            path
            for path in layout.iter_published()
            if str(path.parent) == folder.rstrip("/") and path.suffix == ".md" and layout.source_of(path)[0] == path
        )
        if not pages:
            raise click.UsageError(f"There are no pages in {folder}. Name a module or paper: modules/coordination.")
        if target.exists():
            raise click.UsageError(f"{target.relative_to(layout.root)} exists already.")
        places = {"index.md": 0, "pre-test.md": 1, "post-test.md": 3}
        pages.sort(key=lambda path: (places.get(path.name, 2), path.name))
        target.parent.mkdir(exist_ok=True)
        target.write_text(new_book_text(book_id, title, trim, audience, pages), encoding="utf-8", newline="\n")
        click.echo(f"new: {target.relative_to(layout.root).as_posix()}")
        click.echo(f"To see it: {sys.argv[0]} books {book_id} --locale en --open")
