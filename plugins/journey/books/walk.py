"""From the HTML of our Markdown to Typst: every element that the site's Markdown can produce, and an error for any other.

The output is a list of chunks, one block of the page each and one line of the Typst file each, so that an error of
Typst leads back to the text it stands for.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator

from .html import classes, text_of
from .inline import Inline
from .literals import array, content, literal, literal_lines
from .printed import Chunk, Page, WalkError
from .table import render_table

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)


class Walk(Inline):
    """Walks over one page. Its files of pictures and end notes are collected on the way."""

    def __init__(self, page: Page, top_level: int = 1) -> None:
        """`top_level` is the level of the chapter's heading, below which the page's headings stand."""
        super().__init__(page)
        self._level = top_level
        self._section = page.prefix
        self._labels: set[str] = set()

    def chapter(self, title: str, root: etree.Element) -> Iterator[Chunk]:
        """A page as a chapter: its title, its blocks, its end notes."""
        heading = f"heading(level: {self._level}, {content([self.text(title)])})"
        yield self._chunk(f"[#{heading}#{self.label('')}]", title)
        yield from self.blocks_of(root)
        yield from self.notes_at_end()

    def heading(self, level: int, title: str) -> Chunk:
        """A heading that comes from no place on the page and has no label."""
        return self._chunk(f"heading(level: {level}, {content([self.text(title)])})", title)

    def blocks_of(self, root: etree.Element) -> Iterator[Chunk]:
        """The blocks below an element, without heading and notes."""
        for element in root:
            code = self.block(element)
            if code:
                yield self._chunk(code, text_of(element)[:80])

    def notes_at_end(self) -> Iterator[Chunk]:
        """The long footnotes, below a title; nothing if there are none."""
        if self.end_notes:
            notes = array(f"({literal(name)}, {body})" for name, body in self.end_notes)
            title = content([self.text(self.page.words["book.notes"])])
            yield self._chunk(f"end-notes({literal(self.page.locale)}, {title}, {notes})", "")
            self.end_notes.clear()

    def _chunk(self, code: str, excerpt: str) -> Chunk:
        texts, self.texts = self.texts, []
        return Chunk(f"#{self.page.locale}({code})", excerpt, self._section, tuple(texts))

    def flow(self, element: etree.Element) -> str:
        """Mixed content, as in list items, cells, boxes: runs of inline pieces and blocks."""
        pieces: list[str] = []
        run: list[str] = []

        def close() -> None:
            if any(piece and piece != '" "' for piece in run):
                pieces.append(content(run))
            run.clear()

        run.append(self.text(element.text))
        for child in element:
            if child.tag in BLOCKS:
                close()
                pieces.append(self.block(child))
            else:
                run += self.joined(run, child)
            run += [self.text(child.tail), self._between_marks(element, child)]
        close()
        return content(pieces) if len(pieces) != 1 else pieces[0]

    # ---- blocks

    def block(self, element: etree.Element) -> str:
        """One block as an expression; empty if it is not printed."""
        return self.spoken(element, self._block)

    def _block(self, element: etree.Element) -> str:
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self._heading(element)
            case "p":
                return self._paragraph(element)
            case "ul" | "ol":
                return self._list(element)
            case "dl":
                return self._definitions(element)
            case "table":
                return render_table(self, element)
            case "figure":
                return self._figure(element)
            case "blockquote":
                return f"quote({self.flow(element)})"
            case "pre":
                return f"raw(block: true, {literal_lines(''.join(element.itertext()).rstrip())})"
            case "hr":
                return "rule"
            case "details":
                return self._admonition(element, "summary")
            case "div" | "aside" | "section" | "article" | "main" | "nav" | "address":
                return self._division(element)
        raise self.unknown(element)

    def _heading(self, element: etree.Element) -> str:
        level = min(self._level + max(int(element.tag[1]) - 1, 1), self._last_level + 1)
        self._last_level = level
        if any(self.is_note_mark(child) for child in element.iter()):
            hint = "Hang the note on the first sentence below it."
            raise WalkError("a heading has a footnote, which the contents would repeat", hint, text_of(element))
        code = f"heading(level: {level}, {self.inlines(element)})"
        name = element.get("id")
        if not name or self.label(name) in self._labels:
            return f"[#{code}]"
        self._labels.add(self.label(name))
        self._section = self.label_name(name)
        return f"[#{code}#{self.label(name)}]"

    _last_level = 1

    def _paragraph(self, element: etree.Element) -> str:
        pictures = [child for child in element if child.tag in ("img", "svg")]
        if pictures and len(element) == len(pictures) and not text_of(element):
            return content(self._captioned(picture) for picture in pictures)
        body = self.inlines(element)
        return f"par({body})" if body != "[]" else ""

    def _captioned(self, picture: etree.Element) -> str:
        caption = picture.get("title", "")
        tail = f", caption: {content([self.text(caption)])}" if caption else ""
        return f"figure({self.picture(picture)}{tail})"

    def _figure(self, element: etree.Element) -> str:
        caption = element.find("figcaption")
        pictures = [child for child in element.iter() if child.tag in ("img", "svg")]
        tail = f", caption: {self.inlines(caption)}" if caption is not None else ""
        if len(pictures) == 1:
            return f"figure({self.picture(pictures[0])}{tail})"
        body = etree.Element("div")
        body.text = element.text
        body.extend(child for child in element if child is not caption)
        return f"figure({self.flow(body)}{tail})"

    def _list(self, element: etree.Element) -> str:
        items = [self._anchored(item, self.flow(item)) for item in element if item.tag == "li"]
        style = classes(element)
        if items and all(item.startswith("[#tick;") for item in items):
            items = ["[" + item.removeprefix("[#tick;") for item in items]
            style.add("ticks")
        if "ticks" in style:
            return f"ticks({', '.join(items)})"
        if "order" in style:
            return f"rows(order-box, {', '.join(items)})"
        if "lettered" in style:
            return f"lettered({', '.join(items)})"
        if element.tag == "ul":
            return f"list({', '.join(items)})"
        start = f"start: {int(element.get('start', '1'))}, " if element.get("start") else ""
        if element.get("reversed") is not None:
            raise self.unknown(element)
        return f"enum({start}{', '.join(items)})"

    def _definitions(self, element: etree.Element) -> str:
        entries: list[tuple[list[str], list[str]]] = []
        for child in element:
            if child.tag == "dt":
                if not entries or entries[-1][1]:
                    entries.append(([], []))
                entries[-1][0].append(self.inlines(child))
            elif child.tag == "dd" and entries:
                entries[-1][1].append(f"par({self.flow(child)})" if not len(child) else self.flow(child))
        items = []
        for terms, meanings in entries:
            term = content(piece for one in terms for piece in (one, "linebreak()"))
            items.append(f"terms.item({terms[0] if len(terms) == 1 else term}, {content(meanings)})")
        return f"terms(tight: false, {', '.join(items)})"

    def _division(self, element: etree.Element) -> str:
        style = classes(element)
        code = literal(self.page.locale)
        if style & {"footnote", "quiz-summary"}:
            return ""
        if "admonition" in style:
            return self._admonition(element, "p")
        if "writing-lines" in style:
            return f'write-lines("{self.page.trim}", {int(element.get("data-lines", "4"))})'
        for name, function in (("key-messages", "key-messages"), ("case", "case-box")):
            if name in style and "block" in style:
                label, body = self._labelled(element, "block-label")
                return self._anchored(element, f"{function}({code}, {label}, {body})")
        if "tool" in style and "block" in style:
            return self._tool(element)
        if "print-item" in style:
            label, body = self._labelled(element, "item-label")
            return f"question({literal(element.get('id', ''))}, {label}, {body})"
        if "print-key" in style:
            label, body = self._labelled(element, "item-label")
            if "alone" in style:
                return f"reason({label}, {body})"
            return f"answer({literal(element.get('data-item', ''))}, {label}, {body})"
        return self._anchored(element, f"small({self.flow(element)})" if "small" in style else self.flow(element))

    def _labelled(self, element: etree.Element, label_class: str) -> tuple[str, str]:
        label = next((child for child in element if label_class in classes(child)), None)
        body = etree.Element("div")
        body.text = element.text
        body.extend(child for child in element if child is not label)
        return (self.spoken(label, self.inlines) if label is not None else "none"), self.flow(body)

    def _anchored(self, element: etree.Element, code: str) -> str:
        name = element.get("id")
        if not name or self.label(name) in self._labels or code in ("", "[]"):
            return code
        self._labels.add(self.label(name))
        return f"[#{code}#metadata(none)#{self.label(name)}]"

    def _tool(self, element: etree.Element) -> str:
        """A tool is a form of the index of forms; its title is its first paragraph, when that is all bold."""
        label = next((child for child in element if "block-label" in classes(child)), None)
        rest = [child for child in element if child is not label]
        title = rest[0] if rest and rest[0].tag == "p" and len(rest[0]) == 1 and rest[0][0].tag == "strong" else None
        is_title = title is not None and text_of(title) == text_of(title[0])
        body = etree.Element("div")
        body.extend(rest[1:] if is_title else rest)
        shown = self.inlines(label) if label is not None else "none"
        named = self.inlines(title) if is_title and title is not None else shown
        arguments = f"{literal(self.page.locale)}, {shown}, {named}, {self.flow(body)}"
        return self._anchored(element, f"tool-box({arguments})")

    def _admonition(self, element: etree.Element, title_tag: str) -> str:
        title = next(
            (c for c in element if c.tag == title_tag and (title_tag == "summary" or "admonition-title" in classes(c))),
            None,
        )
        body = etree.Element("div")
        body.text = element.text if title is None else title.tail
        body.extend(child for child in element if child is not title)
        label = self.inlines(title) if title is not None else "none"
        return f"margin-box({literal(self.page.locale)}, {label}, {self.flow(body)})"
