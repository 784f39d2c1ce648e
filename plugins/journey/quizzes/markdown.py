"""`/// question` and `/// quiz` in Markdown: a Python-Markdown extension around parser and renderer.

A preprocessor takes the blocks out of the text, after fenced code and raw HTML have been set aside
(so nothing in them is taken for a quiz); a block processor puts forms in their place, so that
links, notes and tables inside items are those of the page.
"""

from __future__ import annotations

import base64
import html
import mimetypes
import posixpath
import re
import xml.etree.ElementTree as etree
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from ..layout import Layout
from ..locales import SOURCE
from ..markup import LineFinder, find_blocks
from ..wording import say
from .bank import Bank
from .model import Assessment, AssessmentKind, Item
from .printed import PrintedItem
from .render import ItemForm

BLOCK_PROCESSOR = "journey_quizzes"
MARK = re.compile(r"^@@journey-(question|quiz-start|quiz-end) (\S+)@@$")


class _TakeOut(Preprocessor):
    """Leaves one line in the place of every item, and one at each end of a quiz."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        blocks, _ = find_blocks(text, LineFinder(text))
        out = list(lines)
        for block in blocks:
            if not block.closed:
                continue
            if block.name == "question":
                for number in range(block.line - 1, block.end):
                    out[number] = ""
                out[block.line - 1] = f"\n@@journey-question {block.argument}@@\n"
            elif block.name == "quiz":
                out[block.line - 1] = f"\n@@journey-quiz-start {block.argument}@@\n"
                number = block.line
                while number < block.end - 1 and re.match(r"^(?: {4}|\t)\S", lines[number]):
                    out[number] = ""
                    number += 1
                out[block.end - 1] = f"\n@@journey-quiz-end {block.argument}@@\n"
        return "\n".join(out).split("\n")


class _Pieces:
    """Markdown pieces by the parser of the page that is being rendered."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    def blocks(self, parent: etree.Element, text: str) -> None:
        self._parser.parseChunk(parent, text)

    def inline(self, parent: etree.Element, text: str) -> None:
        parent.text = text


class _PutIn(BlockProcessor):
    """Forms in the place of the lines that the preprocessor left."""

    def __init__(self, parser: Any, bank: Bank, locale: str, form: str) -> None:
        super().__init__(parser)
        self._bank = bank
        self._locale = locale
        self.form = form
        """What becomes of an item: a form on the `page`, or in `print` a form and, to be taken out, its key."""
        self.number = 0
        """The number of the question that was asked last."""

    def test(self, parent: etree.Element, block: str) -> bool:
        return bool(MARK.match(block.strip()))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        match = MARK.match(blocks.pop(0).strip())
        assert match is not None
        if match[1] == "question":
            self._ask(parent, match[2])
        elif match[1] == "quiz-start":
            self._quiz(parent, match[2], blocks)

    def _ask(self, parent: etree.Element, item_id: str) -> None:
        item = self._bank.item(item_id, self._locale)
        if item is not None:  # what can not be asked is an error of the checks
            self.number += 1
            home = self._bank.assessments.get(item.source.assessment)
            shuffle = bool(home and home.header.get("shuffle"))
            pieces = _Pieces(self.parser)
            if self.form == "page":
                parent.append(ItemForm(item, self.number, self._locale, pieces, shuffle).render())
            else:
                printed = PrintedItem(item, self.number, self._locale, pieces, shuffle)
                parent.extend([printed.form(), printed.key()])

    def _quiz(self, parent: etree.Element, quiz_id: str, blocks: list[str]) -> None:
        inner: list[str] = []
        while blocks and not ((m := MARK.match(blocks[0].strip())) and m[1] == "quiz-end"):
            inner.append(blocks.pop(0))
        if blocks:
            blocks.pop(0)
        assessment = self._bank.assessments.get(quiz_id)
        if assessment is None:
            return
        self.number = 0
        attributes = {"class": "quiz", "id": quiz_id, "data-quiz": assessment.kind.value, "role": "group"}
        for name in ("attendance", "achievement", "attempts"):
            if name in assessment.header:
                attributes[f"data-{name}"] = str(assessment.header[name])
        box = etree.SubElement(parent, "div", attributes)
        title = say(self._locale, f"quiz.{assessment.kind.value}")
        box.set("aria-label", title)
        if assessment.kind is not AssessmentKind.SELF_CHECK:  # its heading in the text says it already
            etree.SubElement(box, "p", {"class": "block-label", "aria-hidden": "true"}).text = title
        if assessment.kind is AssessmentKind.FINAL:
            etree.SubElement(box, "p").text = say(self._locale, "quiz.final_place")
            return
        if self.form == "page":
            etree.SubElement(box, "p", {"class": "quiz-note"}).text = say(self._locale, "quiz.open_key")
        self.parser.parseBlocks(box, inner)
        for item_id in self._outside(assessment):
            self._ask(box, item_id)
        etree.SubElement(box, "p", {"class": "quiz-summary", "role": "status"})

    def _outside(self, assessment: Assessment) -> list[str]:
        return [one for one in self._bank.items_of(assessment) if one not in assessment.nested]


class QuizExtension(Extension):
    """The extension; add it to `markdown_extensions` as `journey.quizzes.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "locale": [SOURCE, "language that the page is written in"],
            "bank": ["", "all items of the project, a Bank"],
            "form": ["page", "page: forms with answers; print: forms to fill in by hand, each followed by its key"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        bank = self.getConfig("bank")
        if not bank:
            return
        # After fenced code (25) and raw HTML (20).
        md.preprocessors.register(_TakeOut(md), "journey_quizzes", 15)
        processor = _PutIn(md.parser, bank, self.getConfig("locale"), self.getConfig("form"))
        # Before PyMdown's blocks (90) and everything that would take the line for a paragraph.
        md.parser.blockprocessors.register(processor, BLOCK_PROCESSOR, 200)


class ExportHtml:
    """Markdown pieces and forms as HTML that stands on its own in another system.

    Links into the project become absolute addresses of the site; pictures are embedded as data URIs.
    """

    def __init__(
        self, extensions: list[str], options: dict[str, Any], layout: Layout, bank: Bank, locale: str, site_url: str
    ) -> None:
        """`extensions` and their `options` are those of the site."""
        own = {name: dict(options.get(name) or {}) for name in extensions}
        own.setdefault("journey.content.markdown", {}).update(locale=locale, src_uri="")
        own.setdefault(__name__, {}).update(locale=locale, bank=bank)
        names = [*(name for name in extensions if name != __name__), __name__]
        self._md = Markdown(extensions=names, extension_configs=own)
        self._layout, self._locale, self._site = layout, locale, site_url.rstrip("/") + "/"

    def piece(self, text: str, page: PurePosixPath) -> str:
        """HTML of a piece that is written on `page`; a paragraph alone loses its tag."""
        out = self._on_its_own(self._md.reset().convert(text), page)
        alone = re.fullmatch(r"<p>(.*)</p>", out, re.S)
        return alone[1] if alone and "<p>" not in alone[1] else out

    def form(self, item: Item, number: int) -> str:
        """HTML of an item's form, as on the page; `number` is the question's number."""
        processor = self._md.parser.blockprocessors[BLOCK_PROCESSOR]
        assert isinstance(processor, _PutIn)
        processor.number = number - 1
        return self._on_its_own(self._md.reset().convert(f"/// question | {item.id}\n///"), item.words.path)

    def _on_its_own(self, out: str, page: PurePosixPath) -> str:
        out = re.sub(r'(<a\b[^>]*\shref=")([^"]*)(")', lambda m: m[1] + self._link(m[2], page) + m[3], out)
        return re.sub(r'(<img\b[^>]*\ssrc=")([^"]*)(")', lambda m: m[1] + self._picture(m[2], page) + m[3], out)

    def _link(self, target: str, page: PurePosixPath) -> str:
        parts = urlsplit(html.unescape(target))
        if parts.scheme or parts.netloc or not parts.path:
            return target
        file = PurePosixPath(posixpath.normpath(posixpath.join(page.parent, unquote(parts.path))))
        address = self._site + self._layout.page_url(file, self._locale)
        return html.escape(address + (f"#{parts.fragment}" if parts.fragment else ""))

    def _picture(self, target: str, page: PurePosixPath) -> str:
        parts = urlsplit(html.unescape(target))
        file = self._layout.root / posixpath.normpath(posixpath.join(page.parent, unquote(parts.path)))
        if parts.scheme or not file.is_file():
            return target
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return QuizExtension(**options)
