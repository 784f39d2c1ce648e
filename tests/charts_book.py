"""The charts of `cases/charts`, read as the site reads them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from journey.charts.model import ChartBook
from journey.charts.parse import parse_blocks, parse_provenance
from journey.charts.request import parse_request
from journey.charts.table import parse_table

CASES = Path(__file__).parent / "cases" / "charts"
DATA = PurePosixPath("data/coverage.csv")


def read_book() -> ChartBook:
    table, problems = parse_table(DATA, (CASES / DATA).read_bytes())
    provenance, more = parse_provenance(DATA.with_suffix(".yml"), (CASES / DATA.with_suffix(".yml")).read_bytes())
    assert table and provenance and not problems + more
    blocks = list(parse_blocks(PurePosixPath("page.md"), "en", (CASES / "page.md").read_text(encoding="utf-8")))
    requests = {}
    for block in blocks:
        request, problems = parse_request(block)
        assert request and not problems
        requests[request.id] = request
    return ChartBook({DATA: table}, {DATA: provenance}, requests, blocks)
