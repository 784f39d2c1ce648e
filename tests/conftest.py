"""What the tests share: building sites, serving them, a browser."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import hypothesis
import pytest

from support import ROOT, SITES, journey, mkdocs

hypothesis.settings.register_profile("journey", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("journey")
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ["JOURNEY_OVERRIDES"] = str(ROOT / "overrides")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite golden files; review the difference like prose")
    parser.addoption(
        "--preview-edits", type=int, default=15, help="edits of the preview before it is held against a build"
    )
    parser.addoption("--built", metavar="FOLDER", help="look at this built site in place of building the real one")
    parser.addoption("--epubcheck-all", action="store_true", help="judge every e-book; each costs about eight seconds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file that needs the real site comes first and builds it; meanwhile the other workers do what needs none."""

    turns: dict[Path, int] = {}
    for item in items:
        needs_site = "real_site" in getattr(item, "fixturenames", ())
        turns[item.path] = max(turns.get(item.path, 1), 2 if needs_site else 1)
    turns.update((path, 0) for path in turns if path.name == "test_accessibility.py")
    items.sort(key=lambda item: turns[item.path])


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a golden file, or rewrite the file with `--bless`."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--bless"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is missing; run pytest --bless and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def tiny_site(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one of the tiny sites, to build and to break."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(SITES / name, tmp_path / name))

    return copy


@pytest.fixture(scope="session")
def real_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository with its books as it is published, built once for all tests and all workers."""
    built = request.config.getoption("--built")
    if built:
        return Path(built)
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    project, done = shared / "real", shared / "real-done"
    with (shared / "real-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(project, ignore_errors=True)
            for name in ("docs", "modules", "research", "overrides"):
                shutil.copytree(ROOT / name, project / name)
            shutil.copy(ROOT / "mkdocs.yml", project)
            run = journey("site", cwd=project)
            assert run.code == 0, run.err
            (shared / "real-report").write_text(run.out, encoding="utf-8")
            done.touch()
    return project / "site"


@pytest.fixture(scope="session")
def mounted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site `mounted`, built strictly, once for all tests."""
    project = Path(shutil.copytree(SITES / "mounted", tmp_path_factory.mktemp("mounted") / "project"))
    run = mkdocs("build", "--strict", cwd=project)
    assert run.code == 0, run.err
    return project / "site"


@pytest.fixture(scope="session")
def books_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site `books`, built with its books and its trainer pack, once for all tests."""
    folder = Path(shutil.copytree(SITES / "books", tmp_path_factory.mktemp("books") / "project"))
    run = journey("site", cwd=folder)
    assert run.code == 0, run.err
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _serve(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def real_url(real_site: Path) -> Iterator[str]:
    """The address at which the real site is served."""
    yield from _serve(real_site)


@pytest.fixture(scope="session")
def books_url(books_project: Path) -> Iterator[str]:
    """The address at which the tiny site `books` is served."""
    yield from _serve(books_project / "site")
