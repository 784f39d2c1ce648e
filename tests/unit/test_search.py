"""What the search can find: sections of pages without what a reader does not see, in files that only text can change."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from journey.search.extract import read_sections
from journey.search.model import SearchPage, SearchTerm, Section
from journey.search.write import write_index

PAGE = """
<p>Before <em>any</em> head<wbr>ing.</p>
<h2 id="one">One &amp; only<a class="headerlink" href="#one">¶</a></h2>
<p>First<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> line.</p><ul><li>Item</li><li>Next</li></ul>
<svg><title>Drawing</title></svg><p hidden>Secret</p><span aria-hidden="true">·</span><script>var x = 1</script>
<div class="quiz"><h3 id="q">Question</h3><p>An answer</p></div>
<h3 id="two">Two</h3>
<table><tr><th>A</th><td>B</td></tr></table>
"""


def test_a_page_is_read_section_by_section() -> None:
    assert read_sections(PAGE) == (
        Section("", "", "Before any heading."),
        Section("one", "One & only", "First line. Item Next"),
        Section("two", "Two", "A B"),
    )


def test_an_empty_page_has_no_sections() -> None:
    assert read_sections(" \n") == ()


def page(group: str, text: str) -> SearchPage:
    return SearchPage(f"{group}/x/", "Title", "Place", group, "Words", (Section("a", "Head", text),))


def test_every_module_has_a_file_of_its_own_that_only_its_text_can_change() -> None:
    term = SearchTerm("glossary/#x", "x", ("y",), "z")
    before = write_index("en", "ltr", {"found": "{count}"}, [page("", "Home"), page("modules/a", "One")], [term])
    after = write_index("en", "ltr", {"found": "{count}"}, [page("", "Home"), page("modules/a", "Two")], [term])
    assert [re.sub(r"\.[0-9a-f]{10}\.", ".", path) for path in before] == [
        "search/en/index.js",
        "search/en/site.js",
        "search/en/modules-a.js",
    ]
    assert len(set(before) & set(after)) == 2
    assert before == write_index(
        "en", "ltr", {"found": "{count}"}, [page("", "Home"), page("modules/a", "One")], [term]
    )


@given(st.text())
def test_any_text_arrives_in_the_script_as_it_was(text: str) -> None:
    files = write_index("en", "ltr", {}, [page("", text.encode("utf-8", "replace").decode())], [])
    script = next(data for path, data in files.items() if "site" in path).decode()
    match = re.fullmatch(r'journeySearch\.part\("en","",(.*)\)\n', script, re.S)
    assert match
    assert "\u2028" not in script
    assert json.loads(match[1])[0][3] == text.encode("utf-8", "replace").decode()
