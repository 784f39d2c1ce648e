"""What is measured must build: a benchmark that stands still is found when somebody needs its figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support import ROOT

SITES = """
import sys
from pathlib import Path
from sites import copy_ours, grow, make_english, make_plain
ours, plain, english, grown, grown_plain = (Path(sys.argv[1]) / name for name in ("ours", "plain", "english", "grown", "grown-plain"))
make_english(make_plain(copy_ours(ours), plain, search=False), english)
make_plain(grow(grown, 11), grown_plain, search=False)
"""


def test_generated_sites_build(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", SITES, str(tmp_path)], cwd=ROOT / "benchmarks", check=True)
    for name, units in (("english", 8), ("grown", 11), ("grown-plain", 11)):
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=tmp_path / name, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        pages = list(
            (tmp_path / name / "site/modules").glob("*/0*/index.html" if name == "english" else "*/*-unit/index.html")
        )
        assert len(pages) >= units
