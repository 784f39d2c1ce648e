"""The command `journey export`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import click
from mkdocs.config.defaults import MkDocsConfig

from ..checks import check_everything
from ..content.parse import read_project
from ..content.plugin import policy_of
from ..diagnostics import Severity
from ..host import layout_of
from ..layout import Layout
from ..locales import SOURCE
from ..papers.markdown import unlinked_citations
from ..papers.parse import read_library
from .bank import read_bank, release_of
from .exports.files import (
    Export,
    iter_folders,
    iter_gift,
    iter_moodle_xml,
    iter_scorm,
    iter_setup_sheets,
)
from .exports.gift import find_unrepresentable
from .markdown import ExportHtml


def add_export_command(main: click.Group, load: Callable[..., MkDocsConfig]) -> None:
    """Put the command below those of the project; `load` reads the project's settings."""

    @main.command()
    @click.argument("form", metavar="FORMAT", type=click.Choice(["moodle-xml", "gift", "scorm"]))
    @click.option(
        "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
    )
    @click.option("--module", type=click.Path(path_type=PurePosixPath), help="Only this folder: modules/coordination.")
    @click.option("--locale", help="Only this language; all that have a translated item otherwise.")
    @click.pass_obj
    def export(config_file: Path, form: str, output: Path, module: PurePosixPath | None, locale: str | None) -> None:
        """Quizzes for a learning platform, as FORMAT: moodle-xml, gift or scorm, each with a sheet for the tutor."""
        config = load(config_file)
        layout = layout_of(config)
        findings = [f for f in check_everything(layout) if policy_of(config).severity(f) is Severity.ERROR]
        if findings:
            click.secho(f"{len(findings)} errors in the content; run journey check first.", fg="red", err=True)
            sys.exit(1)
        bank, project = read_bank(layout), read_project(layout)
        folders = [folder for folder in iter_folders(bank) if module is None or folder == module]
        if not folders:
            known = ", ".join(map(str, iter_folders(bank))) or "none"
            raise click.UsageError(f"There are no items in {module or 'the project'}. Folders with items: {known}.")
        if locale is not None and locale not in layout.locales:
            raise click.UsageError(f"{locale} is no language of this site: {', '.join(layout.locales)}.")
        output.mkdir(parents=True, exist_ok=True)
        count = 0
        for folder in folders:
            translated = {language for (item, language) in bank.words if bank.sources[item].path.parent == folder}
            for code in [locale] if locale else [c for c in layout.locales if c == SOURCE or c in translated]:
                page = project.in_locale(folder / "index.md", code)
                title = str(page.front_matter.values.get("title", folder.name)) if page else folder.name
                job = Export(bank, folder, code, title, release_of(bank))
                count += _write_exports(config, layout, job, form, output)
        click.echo(f"{count} files in {output}")


def _write_exports(config: MkDocsConfig, layout: Layout, job: Export, form: str, output: Path) -> int:
    site_url = config.site_url or ""
    works = read_library(layout).bibliographies.get(job.folder)
    options = {**config.mdx_configs, "journey.papers.markdown": unlinked_citations(works, job.locale)}
    html = ExportHtml(config.markdown_extensions, options, layout, job.bank, job.locale, site_url)
    files = list(iter_setup_sheets(job))
    if form == "moodle-xml":
        files += iter_moodle_xml(job, html.piece)
    elif form == "gift":
        files += iter_gift(job, html.piece)
        for item in find_unrepresentable(job.items()):
            click.echo(f"left out of GIFT, which has no form for it: {item.id} ({item.kind.value})", err=True)
    else:
        assets = Path(config.theme.custom_dir or ".") / "assets"
        shipped = {str(f.relative_to(assets).as_posix()): f.read_bytes() for f in assets.rglob("*") if f.is_file()}
        files += iter_scorm(job, html.form, html.piece, shipped)
    for file in files:
        (output / file.name).write_bytes(file.content)
        click.echo(f"new: {file.name} ({len(file.content):,} bytes)")
    return len(files)
