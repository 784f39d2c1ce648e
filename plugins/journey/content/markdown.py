"""Markdown of the site: blocks with a meaning, links as on disk, and the words and frames around both.

A Python-Markdown extension, so that it works wherever that library renders pages. Which language the
page is written in and where it stands is told per page (`locale`, `src_uri`).
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any, ClassVar

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_boolean

from ..layout import Layout
from ..locales import SOURCE
from ..wording import say
from .blanks import mark_blanks
from .links import to_site

HEADINGS = {"h2", "h3", "h4", "h5", "h6"}


class _MeaningBlock(Block):  # type: ignore[misc]
    """A labelled box. Its label comes from the interface strings in the page's own language."""

    def on_create(self, parent: etree.Element) -> etree.Element:
        label = say(self.config["locale"], f"block.{self.NAME}")
        box = etree.SubElement(parent, "div", {"class": f"block {self.NAME}", "role": "group", "aria-label": label})
        if self.argument:
            box.set("id", self.argument.strip())
        etree.SubElement(box, "p", {"class": "block-label", "aria-hidden": "true"}).text = label
        return box


class KeyMessages(_MeaningBlock):
    """What to remember: `/// key-messages`."""

    NAME = "key-messages"
    ARGUMENT = False


class Case(_MeaningBlock):
    """A real or constructed case: `/// case | m1-case-brick-kiln`."""

    NAME = "case"
    ARGUMENT = True


class Tool(_MeaningBlock):
    """Something to take away and use: `/// tool | m1-tool-path-sheet`.

    With `profile: true` a script draws a wheel from the self-assessment of the page: each row of its table leads, in the
    first cell, to a section with statements, and says in the last what to read next.
    """

    NAME = "tool"
    ARGUMENT = True
    OPTIONS: ClassVar[dict[str, Any]] = {"profile": [False, type_boolean]}

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = super().on_create(parent)
        if self.options["profile"]:
            box.set("data-profile", "")
        return box


class _LocalWords(Treeprocessor):
    """Titles that Python-Markdown writes in English become words of the page's language."""

    def __init__(self, md: Markdown, locale: str) -> None:
        super().__init__(md)
        self._locale = locale

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            classes = element.get("class", "").split()
            if "admonition" in classes or element.tag == "details":
                self._name_admonition(element, classes)
            elif "footnote-backref" in classes:
                number = element.get("href", "").rpartition(":")[2]
                element.set("title", say(self._locale, "footnote.back", number=self._number(root, number)))
                element.set("aria-label", element.get("title", ""))

    def _name_admonition(self, box: etree.Element, classes: list[str]) -> None:
        kinds = [name for name in classes if name != "admonition"]
        if not kinds or not len(box):
            return
        title, kind = box[0], kinds[0]
        if title.tag in ("p", "summary") and (title.text or "").lower() == kind.lower():
            try:
                title.text = say(self._locale, f"admonition.{kind}")
            except KeyError:
                return  # a kind of the editor's own: its name is its title

    def _number(self, root: etree.Element, name: str) -> str:
        for reference in root.iter("a"):
            if reference.get("href") == f"#fn:{name}" and reference.text:
                return reference.text
        return name


class _Blanks(Treeprocessor):
    """Marks what is to be filled in, in every tool."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter("div"):
            if "tool" in element.get("class", "").split():
                mark_blanks(element)


class _Frames(Treeprocessor):
    """A frame that scrolls around every table, and a link behind every heading."""

    def __init__(self, md: Markdown, locale: str) -> None:
        super().__init__(md)
        self._locale = locale

    def run(self, root: etree.Element) -> None:
        parents = [(parent, child) for parent in root.iter() for child in parent]
        for parent, child in parents:
            if child.tag == "table":
                self._frame(parent, child)
            elif child.tag in HEADINGS and child.get("id"):
                link = etree.SubElement(child, "a", {"class": "headerlink", "href": f"#{child.get('id')}"})
                link.set("aria-label", say(self._locale, "heading.link"))
                link.text = "#"

    def _frame(self, parent: etree.Element, table: etree.Element) -> None:
        attributes = {"class": "table-frame", "role": "group", "tabindex": "0"}
        frame = etree.Element("div", attributes | {"aria-label": say(self._locale, "table.label")})
        position = list(parent).index(table)
        frame.tail, table.tail = table.tail, None
        parent.remove(table)
        frame.append(table)
        parent.insert(position, frame)


class _DiskLinks(Treeprocessor):
    """Links written as on disk become links in the tree that the generator resolves."""

    def __init__(self, md: Markdown, layout: Layout, src_uri: str) -> None:
        super().__init__(md)
        self._layout = layout
        self._src_uri = src_uri

    def run(self, root: etree.Element) -> None:
        for tag, attribute in (("a", "href"), ("img", "src")):
            for element in root.iter(tag):
                if target := element.get(attribute):
                    element.set(attribute, to_site(self._layout, self._src_uri, target))


class ContentExtension(BlocksExtension):  # type: ignore[misc]
    """The extension; add it to `markdown_extensions` as `journey.content.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "locale": [SOURCE, "language that the page is written in"],
            "src_uri": ["", "where the page stands in the generator's tree; empty leaves links alone"],
            "layout": ["", "the project's folders, a Layout"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        locale, layout, src_uri = (self.getConfig(name) for name in ("locale", "layout", "src_uri"))
        super().extendMarkdown(md)
        # After footnotes (50) and inline patterns (20), before toc collects headings (5).
        md.treeprocessors.register(_LocalWords(md, locale), "journey_words", 8)
        md.treeprocessors.register(_Blanks(md), "journey_blanks", 7)
        # After toc (5), whose entries must not hold the sign of the link; before MkDocs resolves links (0).
        md.treeprocessors.register(_Frames(md, locale), "journey_frames", 3)
        if layout and src_uri:
            md.treeprocessors.register(_DiskLinks(md, layout, src_uri), "journey_links", 2)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802 - the library's name
        config = {"locale": self.getConfig("locale")}
        for block in (KeyMessages, Case, Tool):
            block_mgr.register(block, config)


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return ContentExtension(**options)
