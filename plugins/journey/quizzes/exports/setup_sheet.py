"""What a tutor has to set by hand in a learning platform, on one page in the language of the course."""

from __future__ import annotations

from collections.abc import Sequence

from ...locales import LOCALES
from ...wording import load_wording, say
from ..model import Assessment, AssessmentKind, Item, Kind
from .moodle_xml import category_path, cloze_marks
from .scorm import achievement_of, attendance_of, load_template


def render_setup_sheet(assessment: Assessment, items: Sequence[Item], locale: str, release: str) -> str:
    """The sheet as an HTML page that needs no other file. `items` are those that the assessment asks."""
    rows = [
        (say(locale, f"setup.{heading}"), texts)
        for heading, texts in (
            ("questions", [_questions(items, locale)]),
            ("pass", [say(locale, "setup.pass_value", percent=attendance_of(assessment))]),
            ("achievement", [say(locale, "setup.achievement_value", percent=achievement_of(assessment))]),
            ("draws", _draws(assessment, locale, release)),
            ("attempts", [str(assessment.header.get("attempts") or say(locale, "setup.attempts_free"))]),
            ("shuffle", [say(locale, "setup.yes" if assessment.header.get("shuffle") else "setup.no")]),
            ("import", [say(locale, "setup.import_value")]),
            ("gaps", _gaps(items, locale)),
            ("ordering", [_ordering(items, locale)]),
            ("scorm", [_scorm(assessment, locale)]),
        )
        if texts
    ]
    return load_template("setup_sheet.html")(
        assessment=assessment,
        locale=LOCALES[locale],
        t=load_wording(locale),
        kind=say(locale, f"quiz.{assessment.kind.value}"),
        about=say(locale, "setup.about", id=assessment.id, release=release),
        rows=rows,
    )


def _questions(items: Sequence[Item], locale: str) -> str:
    scored = sum(item.kind.is_scored for item in items)
    points = sum(item.points for item in items)
    return say(locale, "setup.questions_value", count=len(items), scored=scored, points=points)


def _draws(assessment: Assessment, locale: str, release: str) -> list[str]:
    draw = assessment.header.get("draw")
    if not isinstance(draw, dict) or not draw:
        return [say(locale, "setup.draws_none")]
    # As the tutor finds it in Moodle: the export puts release and language behind the objective.
    path = {o: category_path(assessment.path.parent.name, str(o), f"{release} {locale}") for o in draw}
    return [
        say(locale, "setup.draws_value", count=count, category=path[objective].removeprefix("$course$/top/"))
        for objective, count in draw.items()
    ]


def _gaps(items: Sequence[Item], locale: str) -> list[str]:
    """A line for each item whose points Moodle does not take over, see `cloze_marks`."""
    gaps = [item for item in items if item.kind is Kind.GAPS and cloze_marks(item) != item.points]
    return [say(locale, "setup.gaps_value", id=item.id, points=item.points) for item in gaps]


def _ordering(items: Sequence[Item], locale: str) -> str:
    count = sum(item.kind is Kind.ORDERING for item in items)
    return say(locale, "setup.ordering_value", count=count) if count else say(locale, "setup.ordering_none")


def _scorm(assessment: Assessment, locale: str) -> str:
    if assessment.kind is AssessmentKind.FINAL:
        return say(locale, "setup.scorm_none")
    return say(locale, "setup.scorm_value", percent=attendance_of(assessment))
