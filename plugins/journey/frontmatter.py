"""Front matter: the YAML block at the top of a page, read with line numbers and checked against a schema.

MkDocs takes malformed front matter for text and says nothing; here it is an error with its line.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

SCHEMA_PATH = Path(__file__).parent / "schemas" / "frontmatter.json"

_FENCE = re.compile(r"^---[ \t]*$")
_END = re.compile(r"^(---|\.\.\.)[ \t]*$")

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class FrontMatter:
    """The values of a front matter block with the line of every key, counted from the top of the file."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Key, int] = field(default_factory=dict)
    end_line: int = 0
    """The line of the closing fence; 0 if the page has no front matter."""

    def line_of(self, key: Key) -> int:
        """The line of a key or, where it has none of its own, of the nearest key around it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


@dataclass(frozen=True)
class FrontMatterError(Exception):
    """The block can not be read as YAML; `line` is where the reader stopped."""

    line: int
    problem: str


@dataclass(frozen=True)
class SchemaProblem:
    """A key or value that the schema does not allow. `kind` is unknown, missing or value."""

    kind: str
    key: Key
    line: int
    message: str
    hint: str


class _Loader(yaml.SafeLoader):
    """YAML as editors mean it: a date stays the text they typed, a key may stand only once."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str) -> tuple[str, int]:
    """The YAML between the fences and the line of the closing fence; ("", 0) if there is no block."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return "", 0
    for number, line in enumerate(lines[1:], start=2):
        if _END.match(line):
            return "\n".join(lines[1 : number - 1]) + "\n", number
    raise FrontMatterError(1, "the block that opens with --- is never closed with a second ---")


def parse_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a page's text.

    Raises FrontMatterError with the line in the file when the block is not valid YAML, is not a
    map of keys to values, or names a key twice.
    """
    source, end_line = split_front_matter(text)
    if not end_line:
        return FrontMatter()
    try:
        return _read_block(source, end_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError((mark.line if mark else 0) + 2, _explain(error)) from None
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position) + 2
        raise FrontMatterError(line, f"the character U+{error.character:04X} may not stand here") from None


def _read_block(source: str, end_line: int) -> FrontMatter:
    loader = _Loader(source)
    node = loader.get_single_node()
    if node is None:
        return FrontMatter(end_line=end_line)
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(2, "front matter is a list of `key: value` lines")
    lines: dict[Key, int] = {}
    _collect_lines(node, (), lines)
    values = loader.construct_document(node)
    return FrontMatter(values, lines, end_line)


def _collect_lines(node: yaml.Node, key: Key, lines: dict[Key, int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            name = str(key_node.value)
            here = (*key, name)
            line = key_node.start_mark.line + 2
            if here in lines:
                raise FrontMatterError(line, f"the key `{name}` stands twice")
            lines[here] = line
            _collect_lines(value_node, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*key, index)] = item.start_mark.line + 2
            _collect_lines(item, (*key, index), lines)


def _explain(error: yaml.MarkedYAMLError) -> str:
    """The usual mistakes in words that say what to do; otherwise YAML's own."""
    problem = error.problem or "it is not valid YAML"
    if "mapping values are not allowed" in problem:
        return 'a value holds a colon; put it between quotation marks: title: "Module 1: Coordination"'
    if "found character '\\t'" in problem:
        return "a line is indented with a tab; use spaces"
    return problem


@cache
def load_schema() -> Mapping[str, Any]:
    """The schema of every kind of page (JSON Schema 2020-12, `schemas/frontmatter.json`)."""
    schema: Mapping[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(kind: str) -> Draft202012Validator:
    schema = {**load_schema(), "$ref": f"#/$defs/kinds/{kind}"}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def allowed_keys(kind: str) -> list[str]:
    """The keys that a kind of page may have, in the schema's order."""
    return list(load_schema()["$defs"]["kinds"][kind]["properties"])


def check_schema(front_matter: FrontMatter, kind: str) -> Iterator[SchemaProblem]:
    """Everything in the front matter that the schema of this kind of page does not allow, in order."""
    errors = sorted(_validator(kind).iter_errors(front_matter.values), key=lambda e: [str(p) for p in e.path])
    for error in errors:
        key: Key = tuple(error.absolute_path)
        match error.validator:
            case "additionalProperties":
                for name in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
                    yield _unknown_key((*key, name), front_matter, list(error.schema["properties"]))
            case "required":
                missing = [name for name in error.validator_value if name not in error.instance]
                for name in missing:
                    if error.message.startswith(f"{name!r}"):
                        yield SchemaProblem(
                            "missing",
                            (*key, name),
                            front_matter.line_of(key),
                            f"the key `{name}` is missing",
                            _describe(error.schema, name),
                        )
            case _:
                yield SchemaProblem(
                    "value",
                    key,
                    front_matter.line_of(key),
                    _value_message(key, error),
                    _describe(None, str(key[0])) if key else "",
                )


def _unknown_key(key: Key, front_matter: FrontMatter, allowed: Sequence[str]) -> SchemaProblem:
    name = str(key[-1])
    close = difflib.get_close_matches(name, allowed, n=1)
    hint = f"Did you mean `{close[0]}`?" if close else f"Keys of this page: {', '.join(allowed)}."
    return SchemaProblem("unknown", key, front_matter.line_of(key), f"the key `{name}` is not known", hint)


def _describe(schema: Mapping[str, Any] | None, name: str) -> str:
    fields: Mapping[str, Any] = load_schema()["$defs"]["fields"]
    return str(fields[name]["description"]) if name in fields else ""


def _value_message(key: Key, error: ValidationError) -> str:
    where = ".".join(str(part) for part in key) or "front matter"
    limit: Any = error.validator_value
    instance: Any = error.instance
    value = json.dumps(instance, ensure_ascii=False, default=str)
    shown = value if len(value) <= 60 else value[:57] + "…"
    match error.validator:
        case "type":
            return f"`{where}` is {shown}, expected {_type_words(limit)}"
        case "enum":
            return f"`{where}` is {shown}, expected one of {', '.join(map(str, limit))}"
        case "maxLength":
            return f"`{where}` has {len(instance)} characters, at most {limit} fit"
        case "format" | "pattern" | "propertyNames":
            return f"`{where}` is {shown}, which is not in the form asked for"
        case "minLength" | "minProperties" | "minItems":
            return f"`{where}` is empty"
        case _:
            return f"`{where}`: {error.message}"


def _type_words(value: str | list[str]) -> str:
    words = {"string": "text", "object": "a list of `id: text` lines", "array": "a list", "integer": "a whole number"}
    return " or ".join(words.get(one, one) for one in ([value] if isinstance(value, str) else value))
