"""Writes entries back into glossary pages: what a table from a translator changes, and new concepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from .exports.table import Change
from .model import ConceptText, Glossary
from .usage import plain


def write_entry(word: ConceptText | None, concept: str, fields: Mapping[str, str]) -> str:
    """The Markdown of an entry: its fields as they are, with those of `fields` in their place."""

    def of(field: str, old: str) -> str:
        return fields.get(field) or old

    def joined(forms: Iterable[str]) -> str:
        return ", ".join(forms)

    lines = [f"## {of('term', word.term if word else concept)} {{#{concept}}}"]
    definition = of("definition", word.definition if word else "")
    if word and definition == plain(word.definition):
        definition = word.definition  # the table has it without marks
    lines += ["", definition] if definition else []
    lines += ["", word.more] if word and word.more else []
    labels = [
        ("abbr", of("abbr", joined(form.text for form in word.abbreviations) if word else "")),
        ("also", of("also", joined(form.text for form in word.variants) if word else "")),
        ("avoid", of("avoid", joined(form.text for form in word.avoid) if word else "")),
        ("source", word.source if word else ""),
        ("see", joined(f"[{form.text}](term:{form.text})" for form in word.see) if word else ""),
        ("confidence", of("confidence", "low" if word and word.is_doubtful else "")),
        ("link", "by hand" if word and word.by_hand else ""),
    ]
    written = [f"- {label}: {value}" for label, value in labels if value]
    return "\n".join([*lines, *([""] if written else []), *written])


def apply_changes(glossary: Glossary, changes: Iterable[Change], texts: Mapping[str, str]) -> dict[PurePosixPath, str]:
    """The new texts of the pages that change; `texts` are the present ones by locale. Other entries stay to the byte."""
    by_entry: dict[tuple[str, str], dict[str, str]] = {}
    for change in changes:
        by_entry.setdefault((change.locale, change.concept), {})[change.field] = change.new
    result: dict[PurePosixPath, str] = {}
    for locale in dict.fromkeys(locale for locale, _ in by_entry):
        page = glossary.pages[locale]
        lines = texts[locale].split("\n")
        mine = {concept: fields for (code, concept), fields in by_entry.items() if code == locale}
        for word in sorted(page.concepts, key=lambda one: -one.line):
            if word.id in mine:
                lines[word.line - 1 : word.end] = write_entry(word, word.id, mine.pop(word.id)).split("\n")
        text = "\n".join(lines).rstrip("\n") + "\n"
        for concept, fields in mine.items():
            text += "\n" + write_entry(None, concept, fields) + "\n"
        result[page.path] = text
    return result


def new_entry(concept: str, term: str) -> str:
    """A concept to fill in, for the end of the English glossary."""
    return "\n".join(
        [
            "",
            f"## {term} {{#{concept}}}",
            "",
            "One or two plain sentences that say what it is, without using the word itself.",
            "",
            "- source: the standard or body that the word comes from",
            "",
        ]
    )
