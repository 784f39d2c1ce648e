"""Which files an export writes: one question bank a module and language, one package an assessment and language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ...wording import say
from ..bank import Bank
from ..model import Assessment, AssessmentKind, Item
from .gift import find_unrepresentable, render_gift
from .html import ToHtml
from .moodle_xml import render_moodle_xml, split_ordering
from .scorm import ToForm, build_scorm
from .setup_sheet import render_setup_sheet

ToPiece = Callable[[str, PurePosixPath], str]


@dataclass(frozen=True)
class ExportFile:
    """A file to be written, by its name in the output folder."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Export:
    """What an export is made from: one module's folder in one language."""

    bank: Bank
    folder: PurePosixPath
    locale: str
    title: str
    """The module's title in that language."""
    release: str

    @property
    def name(self) -> str:
        """The module's name in file names and categories."""
        return self.folder.name

    @property
    def edition(self) -> str:
        """Release and language: two languages in one category would be drawn from together."""
        return f"{self.release} {self.locale}"

    def to_html(self, to_piece: ToPiece) -> ToHtml:
        """Markdown to HTML for texts that are written in the module's folder, where their links start."""
        return lambda text: to_piece(text, self.folder / "index.md")

    def items(self) -> list[Item]:
        """Every item of the folder, bank and final included, in the order of their ids."""
        ids = sorted(item.id for item in self.bank.sources.values() if item.path.parent == self.folder)
        return [item for item_id in ids if (item := self.bank.item(item_id, self.locale))]

    def assessments(self) -> list[Assessment]:
        """The assessments of the folder that ask something, in the order of their ids."""
        found = [a for a in self.bank.assessments.values() if a.path.parent == self.folder and self.bank.items_of(a)]
        return sorted(found, key=lambda assessment: assessment.id)

    def items_of(self, assessment: Assessment) -> list[Item]:
        """The items that an assessment asks, in its order."""
        ids = self.bank.items_of(assessment)
        return [item for item_id in ids if (item := self.bank.item(item_id, self.locale))]


def iter_folders(bank: Bank) -> list[PurePosixPath]:
    """The folders below modules and research that have items."""
    return sorted({item.path.parent for item in bank.sources.values() if item.path.parts[0] != "docs"})


def iter_setup_sheets(export: Export) -> Iterator[ExportFile]:
    """The tutor's sheet of every assessment."""
    for assessment in export.assessments():
        sheet = render_setup_sheet(assessment, export.items_of(assessment), export.locale, export.release)
        yield ExportFile(f"{assessment.id}.{export.locale}.setup.html", sheet.encode())


def iter_scorm(export: Export, to_form: ToForm, to_piece: ToPiece, assets: Mapping[str, bytes]) -> Iterator[ExportFile]:
    """A SCORM package of every assessment but finals."""
    for assessment in export.assessments():
        if assessment.kind is AssessmentKind.FINAL:
            continue
        title = f"{export.title}: {say(export.locale, f'quiz.{assessment.kind.value}')} ({assessment.id})"
        items = export.items_of(assessment)
        words = export.bank.intro_of(assessment, export.locale)
        intro = to_piece(words.text, assessment.path) if words else ""
        package = build_scorm(assessment, items, export.locale, title, to_form, export.release, assets, intro)
        yield ExportFile(f"{assessment.id}.{export.locale}.scorm.zip", package)


def iter_moodle_xml(export: Export, to_piece: ToPiece) -> Iterator[ExportFile]:
    """The question bank as Moodle XML; ordering items in a file of their own, which older Moodles refuse whole."""
    plain, ordering = split_ordering(export.items())
    for name, items in (("", plain), (".ordering", ordering)):
        if items:
            text = render_moodle_xml(items, export.locale, export.name, export.edition, export.to_html(to_piece))
            yield ExportFile(f"{export.name}.{export.locale}{name}.xml", text.encode())


def iter_gift(export: Export, to_piece: ToPiece) -> Iterator[ExportFile]:
    """The question bank as GIFT, without what GIFT can not say."""
    items = export.items()
    if len(find_unrepresentable(items)) < len(items):
        text = render_gift(items, export.locale, export.name, export.edition, export.to_html(to_piece))
        yield ExportFile(f"{export.name}.{export.locale}.gift", text.encode())
