"""The command `journey`: check content, make new pages, build the site safely, write the handbook's own pages."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about another tool, on every run

import click
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from .accessibility import PAGE, read_record, render_statement
from .books.cli import add_book_commands, publish_books
from .checks import ALL_RULES, RULES, check_everything
from .content import scaffold
from .content.parse import read_project
from .content.plugin import policy_of
from .diagnostics import Severity, format_github, format_text
from .finished.gate import add_leaflets, compress, inspect
from .glossary.cli import add_glossary_commands
from .glossary.parse import read_glossary
from .glossary.usage import Usage, read_text_pages
from .handbook import render_checks, render_front_matter
from .host import layout_of
from .locales import LOCALES, SOURCE
from .offline.host import prepare_offline
from .offline.stick import write_stick
from .quizzes.bank import read_bank
from .quizzes.cli import add_export_command
from .report import as_table, find_gaps, report_objectives, report_pages, report_translations, totals, unused_terms
from .site import swap_in

HANDBOOK_PAGES = {
    "contribute/checks.md": lambda: render_checks(ALL_RULES),
    "contribute/front-matter.md": render_front_matter,
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="learning-journey")
@click.option(
    "-f",
    "--config-file",
    default="mkdocs.yml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The site's settings; the project is the folder that they lie in.",
)
@click.pass_context
def main(context: click.Context, config_file: Path) -> None:
    """Learning modules from one Markdown source.

    Exit codes: 0 all is well, 1 something in the content is wrong, 2 the command was called wrongly.
    """
    context.obj = config_file


def _load(config_file: Path, **settings: Any) -> MkDocsConfig:
    if not config_file.is_file():
        raise click.UsageError(
            f"{config_file} does not exist. Run the command in the project's folder, or name it with -f."
        )
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    logging.getLogger("mkdocs.config").setLevel(logging.WARNING)  # a setting with a wrong name would do nothing
    try:
        config = load_config(str(config_file), **settings)
    except ConfigurationError as error:
        raise click.UsageError(f"{config_file}: {error}") from None
    if "journey-content" not in config.plugins:
        raise click.UsageError(f"{config_file} does not list the plugin journey-content.")
    return config


@main.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="text for a terminal; github for notes beside the lines on a code-hosting page.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--info", is_flag=True, help="Show what needs no repair as well.")
@click.pass_obj
def check(config_file: Path, style: str, strict: bool, info: bool) -> None:
    """Check every page, whether it is listed in the navigation or not, and say all that is wrong at once."""
    config = _load(config_file)
    try:
        policy = policy_of(config)
    except PluginError as error:
        raise click.UsageError(str(error)) from None
    project = read_project(layout_of(config))
    findings = check_everything(project.layout, project)
    for finding in findings:
        rule, severity = RULES[finding.rule], policy.severity(finding)
        if severity is Severity.INFO and not info:
            continue
        if style == "github":
            click.echo(format_github(finding, rule, severity))
        else:
            colour = {Severity.INFO: "blue", Severity.WARNING: "yellow", Severity.ERROR: "red"}[severity]
            click.echo(f"{click.style(severity.name.lower(), fg=colour)}  {format_text(finding, rule)}\n")
    counts = {level: sum(policy.severity(f) is level for f in findings) for level in Severity}
    summary = ", ".join(
        f"{count} {level.name.lower()}{'s' if count != 1 else ''}"
        for level, count in counts.items()
        if count and level is not Severity.INFO
    )
    remarks = counts[Severity.INFO]
    more = f" {remarks} remarks need no repair; `journey check --info` shows them." if remarks and not info else ""
    click.echo(f"{len(project.pages)} pages checked: {summary or 'nothing to repair'}.{more}", err=style == "github")
    limit = Severity.WARNING if strict else Severity.ERROR
    worst = policy.worst(findings)
    sys.exit(1 if worst is not None and worst >= limit else 0)


@main.command()
@click.pass_obj
def site(config_file: Path) -> None:
    """Build the whole site with its books strictly, aside, and put it in place only when it is complete.

    The trainer pack is written beside it, into trainer-pack/. If anything is wrong, the last good site stays as it was.
    """
    config = _load(config_file)
    target = Path(config.site_dir)
    aside = target.with_name(f".{target.name}-next")
    config = _load(config_file, site_dir=str(aside), strict=True)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s %(message)s"))
    handler.addFilter(_is_worth_showing)
    logger.addHandler(handler)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except Abort as error:
        click.secho(f"{error}\nNothing was changed in {target.name}/.", fg="red", err=True)
        sys.exit(1)
    finally:
        config.plugins.on_shutdown()
        logger.removeHandler(handler)
    pack = target.with_name("trainer-pack")
    if not publish_books(config, aside, pack, click.echo):
        click.secho(f"Nothing was changed in {target.name}/.", fg="red", err=True)
        sys.exit(1)
    click.echo(add_leaflets(aside, config.site_url or ""))
    click.echo(prepare_offline(config, aside))
    inspection = inspect(aside, urlsplit(config.site_url or "/").path or "/")
    for line in inspection.report:
        click.echo(line)
    if inspection.errors:
        click.secho("\n".join([*inspection.errors, f"Nothing was changed in {target.name}/."]), fg="red", err=True)
        sys.exit(1)
    click.echo(compress(aside))
    config.plugins["journey-content"].keep()  # type: ignore[attr-defined]
    swap_in(aside, target)
    click.echo(f"{target.name}/ is new: {sum(1 for f in target.rglob('*.html'))} pages.")


@main.command()
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; learning-journey.zip if not given."
)
@click.pass_obj
def usb(config_file: Path, output: Path | None) -> None:
    """The finished site as a zip for a memory stick: unpacked, it opens by double click on index.html."""
    built = Path(_load(config_file).site_dir)
    if not (built / "index.html").is_file():
        click.secho(f"There is no finished site in {built.name}/; run journey site first.", fg="red", err=True)
        sys.exit(1)
    target = output or built.with_name("learning-journey.zip")
    count = write_stick(built, target)
    click.echo(f"{target.name}: {count} files, {target.stat().st_size / 1e6:.1f} MB. Unpack it and open index.html.")


def _is_worth_showing(record: logging.LogRecord) -> bool:
    """Progress by language, warnings and errors; not what was overridden where."""
    return record.levelno > logging.INFO or "Building '" in record.getMessage()


@main.command()
@click.option("--write", is_flag=True, help="Write the pages; without it, only say whether they are as they should be.")
@click.pass_obj
def handbook(config_file: Path, write: bool) -> None:
    """Pages made from rules, schemas and tests: checks, front matter, the accessibility statement."""
    config = _load(config_file)
    stale = []
    pages = {name: render() for name, render in HANDBOOK_PAGES.items()}
    if record := read_record(Path(config.docs_dir)):
        pages[PAGE] = render_statement(record)
    for name, text in pages.items():
        page = Path(config.docs_dir) / name
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if write:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        click.echo(f"{'Written' if write else 'Not up to date'}: {', '.join(stale)}")
    sys.exit(1 if stale and not write else 0)


@main.group()
def report() -> None:
    """What an editor wants to know of all pages at once."""


@report.command("content")
@click.option("--tabs", is_flag=True, help="Tables for a spreadsheet, columns parted by tabs.")
@click.pass_obj
def report_content(config_file: Path, tabs: bool) -> None:
    """Words, reading level, drawings, tables, terms, facts, sources and items of every page; items by objective."""
    project = read_project(layout_of(_load(config_file)))
    bank, words = read_bank(project.layout), read_glossary(project.layout)
    usage = Usage(words, read_text_pages(project.layout))
    pages, objectives = report_pages(project, bank, usage), report_objectives(project, bank)
    separator = "\t" if tabs else ""
    click.echo(as_table(pages, separator) + "\n\n" + as_table(objectives, separator))
    if not tabs:
        sums = ", ".join(f"{count} {name}" for name, count in totals(pages).items())
        click.echo(f"\n{len(pages)} pages: {sums}; {len(objectives)} objectives.")
        if unused := unused_terms(pages, words, usage):
            click.echo(f"Terms of the glossary that none of them uses: {', '.join(unused)}.")
        for gap in find_gaps(pages, objectives):
            click.echo(f"look at  {gap}")


@report.command("translations")
@click.option("--locale", help="Name the pages of this language that wait for a translator or a reviewer.")
@click.pass_obj
def report_of_translations(config_file: Path, locale: str | None) -> None:
    """How many pages each language has, and how many a native speaker has reviewed."""
    project = read_project(layout_of(_load(config_file)))
    others = [code for code in project.layout.locales if code != SOURCE]
    if locale is not None and locale not in others:
        raise click.UsageError(f"{locale} is no language to translate into: {', '.join(others)}.")
    for code in [locale] if locale else others:
        counts, missing, drafts = report_translations(project, code)
        numbers = "{translated} of {pages} pages translated, {reviewed} reviewed".format_map(counts)
        click.echo(f"{LOCALES[code].english_name}: {numbers}")
        if locale:
            for path in missing:
                click.echo(f"to translate  {path}")
            for path in drafts:
                click.echo(f"to review     {path}")


@main.group()
def new() -> None:
    """Make a new module, unit, paper or translation from the templates."""


def _make(config_file: Path, make: Callable[..., list[scaffold.NewFile]], *arguments: object) -> None:
    layout = layout_of(_load(config_file))
    try:
        files = make(read_project(layout), *arguments)
    except scaffold.ScaffoldError as error:
        raise click.UsageError(str(error)) from None
    scaffold.write(layout.root, files)
    for file in files:
        click.echo(f"new: {file.path}")
    pages = [layout.site_uri(f.path) for f in files if f.path.suffix == ".md" and layout.is_published(f.path)]
    pages.sort(key=lambda page: (page.name != "index.md", page))
    if make is scaffold.new_translation:
        return
    click.echo("To show it in the navigation, add under `nav` in mkdocs.yml, in line with its neighbours:")
    if pages[0].name == "index.md":
        name = pages[0].parent.name.replace("-", " ").capitalize()
        click.echo(f"      - {name}:")
    for page in pages:
        click.echo(f"          - {page}")


@new.command("module")
@click.argument("slug")
@click.option("--title", required=True, help="The module's title.")
@click.option("--id", "module_id", required=True, help="Its permanent id, short: m4.")
@click.pass_obj
def new_module(config_file: Path, slug: str, title: str, module_id: str) -> None:
    """A module in modules/SLUG, with its overview and first unit."""
    _make(config_file, scaffold.new_module, slug, title, module_id)


@new.command("unit")
@click.argument("module")
@click.argument("slug")
@click.option("--title", required=True, help="The unit's title.")
@click.pass_obj
def new_unit(config_file: Path, module: str, slug: str, title: str) -> None:
    """The next unit of MODULE (a folder name under modules/), called SLUG in its address."""
    _make(config_file, scaffold.new_unit, module, slug, title)


@new.command("paper")
@click.argument("slug")
@click.option("--title", required=True, help="The paper's title.")
@click.option("--id", "paper_id", help="Its permanent id; the slug if not given.")
@click.pass_obj
def new_paper(config_file: Path, slug: str, title: str, paper_id: str | None) -> None:
    """A paper in research/SLUG."""
    _make(config_file, scaffold.new_paper, slug, title, paper_id or slug)


@new.command("translation")
@click.argument("page", type=click.Path(path_type=PurePosixPath))
@click.option("--locale", required=True, help="The language: ur, km, fr, es or zh.")
@click.pass_obj
def new_translation(config_file: Path, page: PurePosixPath, locale: str) -> None:
    """A translation of PAGE (an English file) to fill in, beside it."""
    _make(config_file, scaffold.new_translation, page, locale)


add_book_commands(main, new, _load)
add_glossary_commands(main, new, _load)
add_export_command(main, _load)
