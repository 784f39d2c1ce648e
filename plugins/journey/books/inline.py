"""Running text: the inline half of the walk from HTML to Typst."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from ..locales import LOCALES
from .html import classes, text_of
from .literals import content, literal
from .printed import Page, Picture, WalkError, direction

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*")
_KHMER_END = re.compile('^".*[\u1780-\u17dd]"$')
_SPACE = re.compile(r"[ \t\r\n\f]+")

_MARKS = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "sup": "super", "sub": "sub", "u": "underline"}
_MARKS |= {"del": "strike", "s": "strike", "ins": "underline", "mark": "highlight", "dfn": "emph"}
_PLAIN = frozenset({"span", "small", "cite", "bdi", "label", "time", "var"})
_PLAIN_AS_CODE = frozenset({"code", "kbd", "samp", "tt"})


class Inline:
    """Inline elements of one page; allowed are those listed here, any other is an error."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._language = page.locale
        self.pictures: dict[str, bytes] = {}
        """Files for the Typst project, by name."""
        self.texts: list[str] = []
        """All texts since the last chunk."""
        self.end_notes: list[tuple[str, str]] = []
        self._notes_seen: dict[str, bool] = {}  # whether the note stands at the end of the chapter

    def unknown(self, element: etree.Element) -> WalkError:
        """The error for an element without a printed form."""
        hint = "Write it in Markdown, or hide it from books: /// only | web … ///"
        return WalkError(f"<{element.tag}> has no printed form", hint, text_of(element)[:80])

    def text(self, text: str | None) -> str:
        """Text as a literal; empty for no text."""
        folded = _SPACE.sub(" ", text or "")
        if not folded:
            return ""
        shown = self.page.typeset(folded)
        self.texts.append(shown)
        return literal(shown)

    def label_name(self, name: str) -> str:
        """An id of this page as a name that is unique in the book."""
        return f"{self.page.prefix}#{name}" if name else self.page.prefix

    def label(self, name: str) -> str:
        """An id of this page as a Typst label."""
        return f"label({literal(self.label_name(name))})"

    def inlines(self, element: etree.Element) -> str:
        """The inline content of an element."""
        pieces = [self.text(element.text)]
        for child in element:
            pieces += [*self.joined(pieces, child), self.text(child.tail), self._between_marks(element, child)]
        return content(pieces)

    def joined(self, pieces: list[str], child: etree.Element) -> list[str]:
        """An inline element behind `pieces`. The mark of a note is boxed with the Khmer word before it, which is
        taken out of `pieces`: Typst would break a line between the two in spite of a word joiner.
        """
        code = self.inline(child)
        while pieces and not pieces[-1]:
            pieces.pop()
        if not (self.is_note_mark(child) and pieces and _KHMER_END.search(pieces[-1])):
            return [code]
        before, broken, word = pieces.pop()[1:-1].rpartition("\u200b")
        held = content([f'"{word}"', code])
        return [f'"{before}{broken}"' if before else "", f"box({held})"]

    def _between_marks(self, parent: etree.Element, child: etree.Element) -> str:
        """A comma between the marks of two footnotes that follow each other, which would read as one number."""
        if not self.is_note_mark(child) or (child.tail or "").strip():
            return ""
        after = list(parent)[list(parent).index(child) + 1 :]
        return 'super(",")' if after and self.is_note_mark(after[0]) else ""

    def spoken(self, element: etree.Element, render: Callable[[etree.Element], str]) -> str:
        """What `render` makes of an element, in the language that it declares, if that is another than around it."""
        around = self._language
        language = element.get("lang", "") or around
        if not _LANGUAGE.fullmatch(language):
            problem = f'lang="{language}" is no language tag'
            raise WalkError(problem, 'Write lang="fr" or the like.', text_of(element))
        self._language = language
        code = render(element)
        self._language = around
        if not code or language == around:
            return code
        short = language.split("-")[0].lower()
        if short in LOCALES:
            return f"foreign({literal(short)}, {code})"
        return f"text(lang: {literal(short)}, dir: {direction(language)}, {code})"

    def inline(self, element: etree.Element) -> str:
        """One inline element as an expression; empty if it is not printed."""
        return self.spoken(element, self._inline)

    def _inline(self, element: etree.Element) -> str:
        tag, style = element.tag, classes(element)
        if style & {"headerlink", "footnote-backref"}:
            return ""
        if self.is_note_mark(element):
            return self._note(element[0].get("href", "")[1:])
        if "blank" in style:
            return {"tick": "tick", "gap": "gap"}.get(element.get("data-kind", ""), "blank")
        if tag in _MARKS:
            return f"{_MARKS[tag]}({self.inlines(element)})"
        if tag in _PLAIN:
            return self.inlines(element)
        if tag in _PLAIN_AS_CODE:
            self.texts.append("".join(element.itertext()))
            return f"raw({literal(self.texts[-1])})"
        match tag:
            case "br":
                return "linebreak()"
            case "wbr":
                return literal("\u200b")
            case "q":
                return f"quote(block: false, quotes: true, {self.inlines(element)})"
            case "abbr":
                return self._abbreviation(element)
            case "a":
                return self._link(element)
            case "img" | "svg":
                return f"box({self.picture(element, inline=True)})"
        raise self.unknown(element)

    # ---- footnotes

    @staticmethod
    def is_note_mark(element: etree.Element) -> bool:
        """Whether an element is the mark of a footnote: `<sup><a class="footnote-ref">`."""
        return element.tag == "sup" and len(element) == 1 and "footnote-ref" in classes(element[0])

    def _note(self, name: str) -> str:
        label = f"{self.page.prefix}#{name}"
        if name in self._notes_seen:
            at_end = self._notes_seen[name]
            return f"note-mark({literal(label)}, first: false)" if at_end else f"foot(label({literal(label)}))"
        note = self.page.notes.get(name)
        if note is None:
            raise WalkError(f"the footnote {name.removeprefix('fn:')} has no text", "Write it: [^name]: text", name)
        self._notes_seen[name] = len(text_of(note)) > self.page.foot_limit
        if not self._notes_seen[name]:
            return f"[#sym.wj;#footnote({self.note_body(note)})#label({literal(label)})]"
        self.end_notes.append((label, self.note_body(note)))
        return f"note-mark({literal(label)})"

    def note_body(self, note: etree.Element) -> str:
        """The text of a footnote; one paragraph loses its own spacing."""
        paragraphs = [child for child in note if child.tag == "p"]
        if len(paragraphs) == 1 and len(note) == 1:
            return _trimmed(self.inlines(paragraphs[0]))
        return self.flow(note)

    def flow(self, element: etree.Element) -> str:
        """Mixed content; the walk over blocks knows how."""
        raise NotImplementedError

    # ---- links, abbreviations, pictures

    def _abbreviation(self, element: etree.Element) -> str:
        body, title = self.inlines(element), element.get("title", "")
        short = text_of(element)
        if not title or short in self._explained:
            return body
        self._explained.add(short)
        return content([body, self.text(f" ({title})")])

    @property
    def _explained(self) -> set[str]:
        if not hasattr(self, "_explained_abbreviations"):
            self._explained_abbreviations: set[str] = set()
        return self._explained_abbreviations

    def _link(self, element: etree.Element) -> str:
        target, body = element.get("href", ""), self.inlines(element)
        if not target or body == "[]":
            return body
        label = self.page.around.label_of(target)
        if label is not None:
            return f"see({literal(label)}, {body})"
        address = self.page.around.address_of(target)
        return f"link({literal(address)}, {body})" if address else body

    def picture(self, element: etree.Element, inline: bool = False) -> str:
        """A picture with its description; without one it is an error."""
        description = element.get("aria-label") or element.get("alt") or ""
        if not description:
            hint = "Say what it shows: ![three steps from the village to the ministry](assets/steps.svg)"
            shown = element.get("src", "") or text_of(element)[:60]
            raise WalkError("a picture has no description", hint, shown, rule="C019")
        if element.tag == "svg":
            drawing = etree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"} | dict(element.attrib))
            drawing.extend(list(element))
            picture = Picture(etree.tostring(drawing, encoding="unicode").encode(), "svg")
        else:
            picture = self.page.around.load_picture(element.get("src", ""))
        name = f"{hashlib.sha256(picture.data).hexdigest()[:16]}.{picture.kind}"
        self.pictures[name] = picture.data
        size = ", height: 1em" if inline else ""
        function = "image" if inline else "picture"
        alt = literal(self.page.typeset(description).replace("\u200b", ""))
        if inline:
            return f'{function}(read("/pictures/{name}", encoding: none), format: "{picture.kind}", alt: {alt}{size})'
        return f'{function}(read("/pictures/{name}", encoding: none), "{picture.kind}", {alt})'


def _trimmed(code: str) -> str:
    """Without the space that the removed sign of the way back leaves at the end of a note."""
    return re.sub(r'[\u00a0 ]+";\]$', '";]', code).removesuffix('#" ";]') + ("]" if code.endswith('#" ";]') else "")
