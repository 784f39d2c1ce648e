"""YAML that editors write: read with the line of every key, checked against a JSON Schema, explained in words."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A map of keys to values with the line of every key, counted from the top of its file."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Key, int] = field(default_factory=dict)

    def line_of(self, key: Key) -> int:
        """The line of a key or, where it has none of its own, of the nearest key around it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


@dataclass(frozen=True)
class DocumentError(Exception):
    """The text can not be read as a map in YAML; `line` is where the reader stopped."""

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


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same by libyaml, ten times as fast. Its words for mistakes are others, so a mistake is read again."""


_QuickLoader.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


def load_quickly(text: str) -> Any:
    """The value of a YAML text, by libyaml where it is there; raises yaml.YAMLError when the text is no valid YAML."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def parse_document(text: str, first_line: int = 1) -> Document:
    """Read a map from YAML; `first_line` is the line of the file that the text begins in.

    Raises DocumentError when the text is no valid YAML, is not a map of keys to values, or names a key twice.
    An empty text is an empty map.
    """
    try:
        try:
            return _parse(_QuickLoader(text), first_line)
        except yaml.YAMLError:
            return _parse(_Loader(text), first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentError((mark.line if mark else 0) + first_line, _explain(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise DocumentError(line, f"the character U+{error.character:04X} may not stand here") from None


def _parse(loader: Any, first_line: int) -> Document:
    node = loader.get_single_node()
    if node is None:
        return Document()
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError(first_line, "this must be a list of `key: value` lines")
    lines: dict[Key, int] = {}
    _collect_lines(node, (), lines, first_line)
    return Document(loader.construct_document(node), lines)


def _collect_lines(node: yaml.Node, key: Key, lines: dict[Key, int], first_line: int) -> None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            name = str(key_node.value)
            here = (*key, name)
            line = key_node.start_mark.line + first_line
            if here in lines:
                raise DocumentError(line, f"the key `{name}` stands twice")
            lines[here] = line
            _collect_lines(value_node, here, lines, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*key, index)] = item.start_mark.line + first_line
            _collect_lines(item, (*key, index), lines, first_line)


def _explain(error: yaml.MarkedYAMLError) -> str:
    """The usual mistakes in words that say what to do; otherwise YAML's own."""
    problem = error.problem or "it is not valid YAML"
    if "mapping values are not allowed" in problem:
        return 'a value holds a colon; put it between quotation marks: title: "Module 1: Coordination"'
    if "found character '\\t'" in problem:
        return "a line is indented with a tab; use spaces"
    return problem


def check_schema(
    document: Document, validator: Draft202012Validator, describe: Mapping[str, str]
) -> Iterator[SchemaProblem]:
    """Everything in a document that its schema does not allow, in order.

    `describe` says, by the name of a field, what an editor should write there; it becomes the hint.
    """
    errors = sorted(validator.iter_errors(document.values), key=lambda e: [str(p) for p in e.path])
    for error in errors:
        key: Key = tuple(error.absolute_path)
        match error.validator:
            case "additionalProperties":
                for name in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
                    yield _unknown_key((*key, name), document, list(error.schema["properties"]))
            case "required":
                missing = [name for name in error.validator_value if name not in error.instance]
                for name in missing:
                    if error.message.startswith(f"{name!r}"):
                        yield SchemaProblem(
                            "missing",
                            (*key, name),
                            document.line_of(key),
                            f"the key `{name}` is missing",
                            describe.get(name, ""),
                        )
            case _:
                hint = describe.get(str(key[0]), "") or describe.get(str(key[-1]), "") if key else ""
                yield SchemaProblem("value", key, document.line_of(key), _value_message(key, error), hint)


def _unknown_key(key: Key, document: Document, allowed: Sequence[str]) -> SchemaProblem:
    name = str(key[-1])
    close = difflib.get_close_matches(name, allowed, n=1)
    hint = f"Did you mean `{close[0]}`?" if close else f"Keys there: {', '.join(allowed)}."
    return SchemaProblem("unknown", key, document.line_of(key), f"the key `{name}` is not known", hint)


def _value_message(key: Key, error: ValidationError) -> str:
    where = ".".join(str(part) for part in key) or "the file"
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
