"""Items as Moodle XML, the format of Moodle's question bank that loses least: keys, feedback, hints, tags.

Format: `question/format/xml/format.php`, `question/type/multianswer/questiontype.php` (cloze) and
`question/type/ordering/questiontype.php` in Moodle 4; what a real Moodle refused is noted where it shaped a line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...locales import LOCALES
from ...numbers import Span, parse_span
from ...wording import say
from ..model import Gap, Item, Kind, Option, Pair, Piece
from ..parse import replace_gaps
from ..render import plain_text
from .html import ToHtml

Keyed = TypeVar("Keyed", Option, Pair)

# 100 % in n equal shares as Moodle's grade list has them (question/engine/bank.php); with others an import stops.
_SHARES = ("100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10")

# Characters that XML 1.0 can not hold in any form (section 2.2); a pasted one would make the whole file unreadable.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Letters that an Arabic keyboard gives for Urdu kaf, yeh and heh: Moodle compares letter by letter.
_ARABIC_KEYBOARD = str.maketrans({"ک": "ك", "ی": "ي", "ہ": "ه"})

# Moodle's cloze parser decodes HTML entities but only two of its own escapes, so everything it might read is one.
_CLOZE_ENTITIES = str.maketrans({character: f"&#{ord(character)};" for character in "&<>\"'~#{}=%\\*/:"})


def render_moodle_xml(items: Sequence[Item], locale: str, category: str, release: str, to_html: ToHtml) -> str:
    """A file of Moodle XML with the items in one language, to be written as UTF-8.

    Each objective becomes the category `$course$/top/<category>/<objective> (<release>)`, in the order in which the
    objectives first appear; items without one stand in `$course$/top/<category> (<release>)`. The release is part of
    the name because an import never updates: a second import of the same category would duplicate every item.
    Id numbers are `<id>-<locale>`. Marks are the items' points. Moodle sums a cloze from its gaps in whole marks: an
    item of 4 points and 2 gaps gets 2 marks a gap, one whose points do not divide by its gaps gets 1 mark a gap.

    Pictures stay links, as `to_html` writes them, and Moodle's users see them only if the address is public; where
    `to_html` gives `data:` addresses the pictures travel in the file. What Moodle has no place for is left out: hints
    of a reflection, the head of a matching table, markup in what stands right in it. Moodle reads Latin digits only.

    Ordering items belong in a file of their own, see `split_ordering`. Quiz settings are in no question file.

    Raises KeyError for a locale the project does not have and ValueError for an item without a key that Moodle takes.
    """
    writer = _Writer(locale, to_html)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for objective, group in group_by_objective(items):
        path = category_path(category, objective, release)
        lines.append(f'  <question type="category"><category><text>{_cdata(path)}</text></category></question>')
        for item in group:
            lines += writer.question(item)
    return "\n".join([*lines, "</quiz>", ""])


def split_ordering(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """The items that every Moodle takes, and the ordering items, for a file of their own.

    A Moodle before 4.4 without the ordering plugin refuses a whole file for one ordering item in it.
    """
    both: tuple[list[Item], list[Item]] = ([], [])
    for item in items:
        both[item.kind is Kind.ORDERING].append(item)
    return both


# --- what both of Moodle's formats need -------------------------------------------------------------


def group_by_objective(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Items by objective, objectives in the order in which they first appear."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.objective, []).append(item)
    return list(groups.items())


def category_path(category: str, objective: str, release: str) -> str:
    """The path of a category; a slash in a name is doubled, as Moodle's `assemble_category_path` does."""
    category, objective, release = (
        " ".join(name.split()).replace("/", "//") for name in (category, objective, release)
    )
    return f"$course$/top/{category}/{objective} ({release})" if objective else f"$course$/top/{category} ({release})"


def option_fractions(item: Item) -> dict[str, str]:
    """What each option is worth, in per cent as Moodle's grade list writes it, by letter.

    Of a multiple response each right option is worth an equal share. A wrong one takes away as much as a right one
    gives, as on the page, or more where there are fewer wrong ones than right: who ticks everything gets nothing.
    On a scale every option is worth 100, so that nobody is told that they are wrong.

    Raises ValueError if no option is right, or more than ten are: the grade list ends at a tenth.
    """
    keys = [option.key for option in item.source.options]
    if item.kind is Kind.SCALE:
        return dict.fromkeys(keys, _SHARES[0])
    right = item.right_keys()
    if not 1 <= len(right) <= len(_SHARES):
        raise ValueError(f"{item.id}: {len(right)} right options; Moodle takes 1 to {len(_SHARES)}")
    if item.kind is not Kind.MULTIPLE:
        return {key: _SHARES[0] if key in right else "0" for key in keys}
    gain = _SHARES[len(right) - 1]
    loss = f"-{_SHARES[min(len(right), len(keys) - len(right)) - 1]}"
    return {key: gain if key in right else loss for key in keys}


def has_own_words(item: Item) -> bool:
    """Whether a true/false item words its two options itself, which Moodle's true/false can not show."""
    return any(option.text.text.strip() for option in item.words.options)


def localised(item: Item, words: Sequence[Keyed], source: Sequence[Keyed]) -> Iterator[tuple[Keyed, str]]:
    """Options, steps or pairs in the order of the source, each with the locale that its words are in."""
    own = {one.key: one for one in words}
    for one in source:
        yield (own[one.key], item.words.locale) if one.key in own else (one, item.source.locale)


def option_text(item: Item, option: Option, locale: str) -> str:
    """The Markdown of an option; the interface's word for `true.` and `false.` without text."""
    is_bare = item.kind is Kind.TRUE_FALSE and not option.text.text.strip()
    return say(locale, f"quiz.{option.key}") if is_bare else option.text.text


def accepted_answers(item: Item) -> list[str]:
    """The texts that a short answer accepts, as Moodle compares them."""
    return _compared(piece.text for piece in item.words.answers or item.source.answers)


def tolerance(span: Span) -> str:
    """How far an accepted number may lie from the value, both written without exponent."""
    return f"{max(span.high - span.value, span.value - span.low):f}"


def wrap_language(fragment: str, locale: str) -> str:
    """HTML that says in which language and direction it is: Moodle keeps both attributes of a `div`."""
    language = LOCALES[locale]
    return f'<div lang="{language.code}" dir="{language.direction}">{fragment}</div>'


def render_stem(item: Item, locale: str, stem: str) -> str:
    """The HTML of a question, with a note before it where the item is not translated into `locale`."""
    text = wrap_language(stem, item.words.locale)
    if item.words.locale == locale:
        return text
    return wrap_language(f"<p><em>{html.escape(say(locale, 'quiz.untranslated'))}</em></p>", locale) + text


def _compared(texts: Iterable[str]) -> list[str]:
    """A bare `*` would accept anything. Answers in Urdu are accepted as an Arabic keyboard writes them, too."""
    own = [" ".join(text.split()).replace("*", "\\*") for text in texts]
    return list(dict.fromkeys([*own, *(text.translate(_ARABIC_KEYBOARD) for text in own)]))


# --- one item as XML --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Writer:
    locale: str
    to_html: ToHtml

    def question(self, item: Item) -> list[str]:
        kind, body = self._body(item)
        stem = self._cloze(item) if kind == "cloze" else self.to_html(item.words.stem.text)
        penalty = "1.0000000" if kind == "truefalse" else "0.3333333"
        lines = [
            f"<name><text>{_cdata(item.id)}</text></name>",
            _text("questiontext", render_stem(item, self.locale, stem)),
            _text("generalfeedback", self._piece(item, item.words.why)),
            f"<defaultgrade>{item.points}</defaultgrade>",
            f"<penalty>{penalty if item.kind.is_scored else '0'}</penalty>",
            "<hidden>0</hidden>",
            f"<idnumber>{_cdata(f'{item.id}-{self.locale}')}</idnumber>",
            *body,
        ]
        if kind != "essay":
            # Moodle's ordering stops at a hint that does not say this.
            inner = "<shownumcorrect>1</shownumcorrect>" if kind == "ordering" else ""
            lines += [_text("hint", self._piece(item, hint), inner=inner) for hint in item.words.hints]
        if item.objective:
            lines.append(f"<tags><tag><text>{_cdata(item.objective)}</text></tag></tags>")
        return [f'  <question type="{kind}">', *(f"    {line}" for line in lines), "  </question>"]

    def _body(self, item: Item) -> tuple[str, list[str]]:
        """Moodle's name of the kind, and what stands only in questions of that kind."""
        match item.kind:
            case Kind.TRUE_FALSE if not has_own_words(item):
                return "truefalse", self._true_false(item)
            case Kind.SINGLE | Kind.MULTIPLE | Kind.TRUE_FALSE | Kind.SCALE:
                return "multichoice", self._choices(item)
            case Kind.NUMBER:
                span = item.spans[0]
                inner = f"<tolerance>{tolerance(span)}</tolerance>"
                return "numerical", [_answer("100", f"{span.value:f}", "", inner=inner)]
            case Kind.TEXT:
                answers = [_answer("100", text, "") for text in accepted_answers(item)]
                return "shortanswer", ["<usecase>0</usecase>", *answers]
            case Kind.GAPS:
                return "cloze", []
            case Kind.MATCHING:
                return "matching", self._pairs(item)
            case Kind.ORDERING:
                return "ordering", self._steps(item)
            case Kind.REFLECTION:
                return "essay", [
                    "<responseformat>editor</responseformat>",
                    "<responserequired>0</responserequired>",
                    "<responsefieldlines>10</responsefieldlines>",
                    "<attachments>0</attachments>",
                    "<attachmentsrequired>0</attachmentsrequired>",
                    _text("graderinfo", self._piece(item, item.words.model)),
                    _text("responsetemplate", ""),
                ]

    def _true_false(self, item: Item) -> list[str]:
        fractions = option_fractions(item)
        return [
            _answer(fractions[option.key], option.key, self._html(option.feedback, locale), "moodle_auto_format")
            for option, locale in localised(item, item.words.options, item.source.options)
        ]

    def _choices(self, item: Item) -> list[str]:
        fractions = option_fractions(item)
        is_plain = item.kind in (Kind.SINGLE, Kind.MULTIPLE)
        # Moodle counts options in Latin letters only.
        latin = say(self.locale, "quiz.letters").startswith(("a", "A"))
        lines = [
            f"<single>{'false' if item.kind is Kind.MULTIPLE else 'true'}</single>",
            f"<shuffleanswers>{'true' if is_plain else 'false'}</shuffleanswers>",
            f"<answernumbering>{'abc' if is_plain and latin else 'none'}</answernumbering>",
            *_combined_feedback(),
        ]
        for option, locale in localised(item, item.words.options, item.source.options):
            text = wrap_language(self.to_html(option_text(item, option, locale)), locale)
            lines.append(_answer(fractions[option.key], text, self._html(option.feedback, locale), "html"))
        return lines

    def _pairs(self, item: Item) -> list[str]:
        lines = ["<shuffleanswers>true</shuffleanswers>", *_combined_feedback()]
        for pair, locale in localised(item, item.words.pairs, item.source.pairs):
            right = f"<answer><text>{_cdata(plain_text(pair.right.text))}</text></answer>"
            lines.append(_text("subquestion", self._html(pair.left, locale), inner=right))
        return lines

    def _steps(self, item: Item) -> list[str]:
        steps = list(localised(item, item.words.steps, item.source.steps))
        return [
            "<layouttype>VERTICAL</layouttype>",
            "<selecttype>ALL</selecttype>",
            f"<selectcount>{len(steps)}</selectcount>",
            "<gradingtype>ABSOLUTE_POSITION</gradingtype>",
            "<showgrading>SHOW</showgrading>",
            "<numberingstyle>none</numberingstyle>",
            *_combined_feedback(),  # without its shownumcorrect Moodle's database refuses the question
            *(
                _answer(f"{place}.0000000", self._html(step.text, locale), self._html(step.feedback, locale), "html")
                for place, (step, locale) in enumerate(steps, start=1)
            ),
        ]

    def _cloze(self, item: Item) -> str:
        """The stem as HTML with Moodle's code for each gap, put in after rendering so that Markdown does not read it."""
        own = {gap.name: gap for gap in item.words.gaps}
        share = cloze_marks(item) // max(len(item.source.gaps), 1)
        marks = {gap.name: f"\ue000{number}\ue001" for number, gap in enumerate(item.source.gaps)}
        # A brace of the author's own could be taken for a gap.
        stem = self.to_html(replace_gaps(item.words.stem.text, marks)).replace("{", "&#123;")
        for gap in item.source.gaps:
            if gap.name in own and marks[gap.name] not in stem:
                raise ValueError(f"{item.id}: the gap {gap.name} was lost when the text became HTML")
            stem = stem.replace(marks[gap.name], _gap_code(item, gap, own.get(gap.name, gap), share))
        return stem

    def _piece(self, item: Item, piece: Piece | None) -> str:
        return self._html(piece, item.words.locale)

    def _html(self, piece: Piece | None, locale: str) -> str:
        return wrap_language(self.to_html(piece.text), locale) if piece else ""


def cloze_marks(item: Item) -> int:
    """The marks that Moodle gives a question with gaps: it knows whole marks a gap only, and at least one."""
    gaps = len(item.source.gaps)
    return item.points if gaps and item.points % gaps == 0 else gaps


def _gap_code(item: Item, gap: Gap, words: Gap, marks: int) -> str:
    if gap.choices:
        if gap.right is None:
            raise ValueError(f"{item.id}: no choice of the gap {gap.name} is marked as right")
        choices = [html.escape(choice).translate(_CLOZE_ENTITIES) for choice in words.choices or gap.choices]
        shown = "~".join(f"={choice}" if place == gap.right else choice for place, choice in enumerate(choices))
        return f"{{{marks}:MULTICHOICE:{shown}}}"
    accepted = words.accepted or gap.accepted
    spans = [parse_span(text) for text in accepted]
    numbers = [f"={span.value:f}:{tolerance(span)}" for span in spans if span]
    if numbers and len(numbers) == len(accepted):
        return f"{{{marks}:NUMERICAL:{'~'.join(numbers)}}}"
    return f"{{{marks}:SHORTANSWER:{'~'.join(f'={text.translate(_CLOZE_ENTITIES)}' for text in _compared(accepted))}}}"


def _combined_feedback() -> list[str]:
    names = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    return [*(_text(name, "") for name in names), "<shownumcorrect>1</shownumcorrect>"]


def _answer(fraction: str, text: str, feedback: str, text_format: str = "plain_text", inner: str = "") -> str:
    inner = _text("feedback", feedback) + inner
    return f'<answer fraction="{fraction}" format="{text_format}"><text>{_cdata(text)}</text>{inner}</answer>'


def _text(tag: str, text: str, inner: str = "") -> str:
    return f'<{tag} format="html"><text>{_cdata(text)}</text>{inner}</{tag}>'


def _cdata(text: str) -> str:
    clean = _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"<![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]>" if clean else ""
