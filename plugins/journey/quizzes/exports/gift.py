"""Items as GIFT, Moodle's text format: readable, mailable, read by many tools; it carries less than Moodle XML.

Format: `question/format/gift/format.php` in Moodle 4. Tests read it with `gift-pegjs`, which is stricter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Item, Kind, Piece
from ..render import plain_text
from .html import ToHtml
from .moodle_xml import (
    accepted_answers,
    category_path,
    group_by_objective,
    has_own_words,
    localised,
    option_fractions,
    option_text,
    render_stem,
    tolerance,
    wrap_language,
)

# In one pass, so that no escape is escaped again. `:` and `=` matter to one parser or the other in every place.
_ESCAPES = str.maketrans({character: f"\\{character}" for character in "\\~=#{}:"} | {"\n": "\\n"})


def render_gift(items: Sequence[Item], locale: str, category: str, release: str, to_html: ToHtml) -> str:
    """A file of GIFT with the items in one language, to be written as UTF-8.

    Categories as in `render_moodle_xml`; id numbers (`<id>-<locale>`) and the objective as a tag stand in comments
    that Moodle reads since 3.9. A stem says `[html]`, and what follows it in the question inherits that.

    What GIFT has no words for is left out: hints, points (a reflection and a scale count 1 until a tutor sets them to
    0), the model answer of a reflection; and whole items, see `find_unrepresentable`. Pictures stay links unless
    `to_html` gives `data:` addresses.

    Raises KeyError for a locale the project does not have and ValueError for an item without a key that Moodle takes.
    """
    left_out = {item.id for item in find_unrepresentable(items)}
    blocks = []
    for objective, group in group_by_objective(item for item in items if item.id not in left_out):
        # No escapes here: neither parser undoes them in the name of a category.
        blocks.append(f"$CATEGORY: {category_path(category, objective, release)}")
        blocks += [_question(item, locale, to_html) for item in group]
    return "".join(f"{block}\n\n" for block in blocks)


def find_unrepresentable(items: Iterable[Item]) -> list[Item]:
    """The items that `render_gift` leaves out, in their order.

    Core GIFT has no form for ordering and gaps, and no escape for `->`: a short answer with it would become a matching.
    """
    return [
        item
        for item in items
        if item.kind in (Kind.ORDERING, Kind.GAPS)
        or (item.kind is Kind.TEXT and any("->" in text for text in accepted_answers(item)))
    ]


def escape_gift(text: str) -> str:
    r"""Any text with GIFT's signs `\ ~ = # { } :` and line ends escaped; all kinds of line end become `\n`.

    >>> print(escape_gift("a = {b}"))
    a \= \{b\}
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def _question(item: Item, locale: str, to_html: ToHtml) -> str:
    def rendered(piece: Piece | None, piece_locale: str) -> str:
        return escape_gift(wrap_language(to_html(piece.text), piece_locale)) if piece else ""

    stem = render_stem(item, locale, to_html(item.words.stem.text))
    tag = f" [tag:{_in_comment(item.objective)}]" if item.objective else ""
    lines = [
        f"// [id:{_in_comment(f'{item.id}-{locale}')}]{tag}",
        f"::{escape_gift(item.id)}::[html]{escape_gift(stem)}{{{'#' if item.kind is Kind.NUMBER else ''}",
    ]
    match item.kind:
        case Kind.TRUE_FALSE if not has_own_words(item):
            right = item.right_keys()
            options = list(localised(item, item.words.options, item.source.options))
            lines.append("TRUE" if option_fractions(item)["true"] != "0" else "FALSE")
            # First what is told to who is wrong, then what to who is right; the first may be empty.
            told = {option.key in right: rendered(option.feedback, place) for option, place in options}
            lines += [f"#{told.get(False, '')}"] if any(told.values()) else []
            lines += [f"#{told[True]}"] if told.get(True) else []
        case Kind.SINGLE | Kind.MULTIPLE | Kind.TRUE_FALSE | Kind.SCALE:
            fractions = option_fractions(item)
            for place, (option, option_locale) in enumerate(localised(item, item.words.options, item.source.options)):
                mark = _mark(item.kind, fractions[option.key], is_first=place == 0)
                text = wrap_language(to_html(option_text(item, option, option_locale)), option_locale)
                feedback = rendered(option.feedback, option_locale)
                lines.append(f"{mark}{escape_gift(text)}{f'#{feedback}' if feedback else ''}")
        case Kind.NUMBER:
            # On a line of its own and with `=`, the form that Moodle and gift-pegjs both read.
            lines.append(f"={item.spans[0].value:f}:{tolerance(item.spans[0])}")
        case Kind.TEXT:
            lines += [f"={_short_answer(text)}" for text in accepted_answers(item)]
        case Kind.MATCHING:
            for pair, pair_locale in localised(item, item.words.pairs, item.source.pairs):
                left = rendered(pair.left, pair_locale).replace("->", "-&gt;")
                lines.append(f"={left} -> {escape_gift(plain_text(pair.right.text))}")
        case _:
            pass  # a reflection is an empty pair of braces
    if why := rendered(item.words.why, item.words.locale):
        lines.append(f"####{why}")
    return "\n".join([*lines, "}"])


def _mark(kind: Kind, worth: str, *, is_first: bool) -> str:
    """What stands before an option worth so many per cent. One `=` in a question makes it a single choice."""
    if kind is Kind.MULTIPLE:
        return f"~%{worth}%"
    if worth == "0":
        return "~"
    # With `=` before every option a scale would be a short answer.
    return "=" if is_first or kind is not Kind.SCALE else f"~%{worth}%"


def _short_answer(text: str) -> str:
    """An accepted answer that neither a percent sign nor a bracket at its start turns into something else."""
    weight = "%100%" if text.startswith("%") else ""
    return f"{weight}{'[plain]' if text.startswith('[') else ''}{escape_gift(text)}"


def _in_comment(text: str) -> str:
    """A text in the square brackets of a comment."""
    return " ".join(text.replace("]", "\\]").split())
