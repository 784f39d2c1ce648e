"""The commands `journey glossary` and `journey new term`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig

from ..host import layout_of
from ..locales import SOURCE
from .exports.table import TableError, find_changes, read_table, write_table
from .exports.tbx import write_tbx
from .parse import read_glossary
from .report import report_glossary
from .usage import Usage, read_text_pages
from .write import apply_changes, new_entry


@click.group()
def glossary() -> None:
    """The glossary: a report, and tables for translators out and in."""


def add_glossary_commands(main: click.Group, new: click.Group, load: Callable[..., MkDocsConfig]) -> None:
    """Put the commands of the glossary below those of the project; `load` reads the project's settings."""
    main.add_command(glossary)

    @glossary.command("report")
    @click.pass_obj
    def glossary_report(config_file: Path) -> None:
        """How complete each language is; unused, doubtful, avoided and ambiguous words."""
        layout = layout_of(load(config_file))
        words = read_glossary(layout)
        for line in report_glossary(words, Usage(words, read_text_pages(layout)), layout.locales):
            click.echo(line)

    @glossary.command("export")
    @click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "tbx"]))
    @click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
    @click.pass_obj
    def glossary_export(config_file: Path, form: str, output: Path) -> None:
        """All concepts in all languages as FORMAT: csv opens in a spreadsheet, tbx in translators' tools."""
        config = load(config_file)
        layout = layout_of(config)
        words = read_glossary(layout)
        if form == "csv":
            data = write_table(words, layout.locales).encode()
        else:
            data = write_tbx(words, layout.locales, config.site_name)
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
        click.echo(f"{output}: {len(words.ids)} concepts, {len(words.pages)} languages")

    @glossary.command("import")
    @click.argument("form", metavar="FORMAT", type=click.Choice(["csv"]))
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--write", is_flag=True, help="Write the changes; without it, only say what would change.")
    @click.pass_obj
    def glossary_import(config_file: Path, form: str, file: Path, write: bool) -> None:
        """Read a table that somebody filled in. An empty cell changes nothing."""
        layout = layout_of(load(config_file))
        words = read_glossary(layout)
        try:
            changes = find_changes(words, read_table(file.read_text(encoding="utf-8-sig")))
        except UnicodeDecodeError:
            raise click.UsageError(f'{file} is not in UTF-8. Save it from the spreadsheet as "CSV UTF-8".') from None
        except TableError as error:
            raise click.UsageError(f"{file}: {error}") from None
        for locale in dict.fromkeys(change.locale for change in changes):
            if locale not in words.pages:
                raise click.UsageError(
                    f"there is no glossary in `{locale}`: journey new translation docs/glossary.md --locale {locale}"
                )
        for change in changes:
            click.echo(f"{change.concept} {change.locale} {change.field}")
            click.echo(f"  - {change.old}\n  + {change.new}")
        if write:
            texts = {
                code: (layout.root / page.path).read_text(encoding="utf-8-sig") for code, page in words.pages.items()
            }
            for path, text in apply_changes(words, changes, texts).items():
                (layout.root / path).write_text(text, encoding="utf-8", newline="\n")
                click.echo(f"written: {path}")
        click.echo(f"{len(changes)} changes{'' if write or not changes else '; nothing written, add --write'}")

    @new.command("term")
    @click.argument("concept", metavar="ID")
    @click.option("--term", required=True, help="The word in English.")
    @click.pass_obj
    def new_term(config_file: Path, concept: str, term: str) -> None:
        """A concept with the permanent ID at the end of the glossary, to fill in."""
        layout = layout_of(load(config_file))
        words = read_glossary(layout)
        if SOURCE not in words.pages:
            raise click.UsageError(f"{layout.docs}/glossary.md does not exist.")
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", concept):
            raise click.UsageError(
                f"'{concept}' is no id: small letters, digits and dashes, like contribution-collection."
            )
        if concept in words.ids:
            raise click.UsageError(
                f"{words.words[concept, SOURCE].path}:{words.words[concept, SOURCE].line}: `{concept}` exists."
            )
        page = layout.root / words.pages[SOURCE].path
        text = page.read_text(encoding="utf-8-sig").rstrip("\n") + "\n"
        page.write_text(text + new_entry(concept, term), encoding="utf-8", newline="\n")
        click.echo(f"new: {words.pages[SOURCE].path}#{concept}")
