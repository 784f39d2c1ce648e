"""Pages of the editors' handbook that are made from the rules and the schema, so that they can not lag behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .books.parse import load_schema as load_book_schema
from .charts.parse import load_schema as load_provenance_schema
from .courses.parse import load_schema as load_course_schema
from .diagnostics import Example, Rule
from .facts.parse import load_schema as load_facts_schema
from .frontmatter import load_schema

_TITLES = {
    "page": "Any page",
    "module": "Overview of a module",
    "unit": "Unit",
    "paper": "Paper",
    "translation": "Translation",
}


def render_checks(rules: Mapping[str, Rule]) -> str:
    """`docs/contribute/checks.md`: every rule with its meaning, a wrong and a right example."""
    parts = [
        "---",
        "title: What each check means",
        "description: Every message that the checks can give you, with an example of what is wrong and what is right.",
        "audience: [editor]",
        "---",
        "",
        "<!-- Made by `make handbook` from the rules; change the rules, not this page. -->",
        "",
        "A message names the file, the line and a rule, such as `C010`. Look the rule up here. Messages of the kind",
        "*error* stop the publication of the site; *warning* and *information* do not, but a strict build minds warnings.",
        "",
    ]
    for rule in rules.values():
        parts += [
            f"## {rule.id} {rule.name} {{#{rule.id.lower()}}}",
            "",
            f"*{rule.severity.name.lower()}* – {rule.meaning}",
            "",
            "Wrong:",
            "",
            *_show(rule.wrong),
            "Right:",
            "",
            *_show(rule.right),
        ]
    return "\n".join(parts)


def render_front_matter() -> str:
    """`docs/contribute/front-matter.md`: the keys of every kind of page, from the schema's own descriptions."""
    definitions: Mapping[str, Any] = load_schema()["$defs"]
    parts = [
        "---",
        "title: Front matter, key by key",
        "description: What may stand between the two lines of three dashes at the top of each kind of page.",
        "audience: [editor]",
        "---",
        "",
        "<!-- Made by `make handbook` from the schema; change the schema, not this page. -->",
        "",
        "Every page starts with a block of `key: value` lines between two lines of three dashes. Keys with a star must",
        "be there. A value that holds a colon stands between quotation marks.",
        "",
    ]
    for kind, schema in definitions["kinds"].items():
        parts += [f"## {_TITLES[kind]} {{#{kind}}}", "", schema["description"], ""]
        parts += _field_table(schema, definitions["fields"])
    facts = load_facts_schema()
    parts += ["## Facts, `facts.yml` {#facts}", "", facts["description"], ""]
    parts += _field_table(facts["$defs"]["fact"], facts["$defs"]["fields"])
    book = load_book_schema()
    parts += ["## Books, `books/*.yml` {#books}", "", "What a printed book is made of; see [Books](books.md).", ""]
    parts += _field_table(book, book["properties"])
    parts += ["Each entry of `parts`:", "", *_field_table(book["$defs"]["part"], book["$defs"]["part"]["properties"])]
    course = load_course_schema()
    parts += ["## Courses, `docs/courses/*.yml` {#courses}", "", "A plan of weeks; see [Courses](courses.md).", ""]
    parts += _field_table(course, course["properties"])
    for name, entry in (("weeks", "week"), ("sessions", "session"), ("tasks", "task")):
        schema = course["$defs"][entry]
        parts += [f"Each entry of `{name}`:", "", *_field_table(schema, schema["properties"])]
    rubric, criterion = load_course_schema("rubric"), load_course_schema("rubric")["$defs"]["criterion"]
    parts += ["## Rubric, `docs/courses/rubric.yml` {#rubric}", "", rubric["description"], ""]
    parts += _field_table(criterion, criterion["properties"])
    data = load_provenance_schema()
    parts += ["## Provenance of data, `data/<name>.yml` {#provenance}", "", data["description"], ""]
    parts += _field_table(data, data["$defs"]["fields"])
    return "\n".join(parts)


def _field_table(schema: Mapping[str, Any], fields: Mapping[str, Any]) -> list[str]:
    lines = ["| Key | What to write |", "| --- | --- |"]
    for name in schema["properties"]:
        star = " *" if name in schema.get("required", ()) else ""
        meaning = fields[name]["description"].replace("|", "\\|")
        lines.append(f"| `{name}`{star} | {meaning} |")
    return [*lines, ""]


def _show(example: Example) -> list[str]:
    lines = []
    for path, content in example.files.items():
        text = content if isinstance(content, str) else content.decode("latin-1") + "\n(saved as Latin-1)"
        lines += [f"`{path}`", "", "````markdown", *text.rstrip("\n").split("\n"), "````", ""]
    return lines
