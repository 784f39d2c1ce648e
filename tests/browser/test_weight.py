"""What Chromium really fetches, with the compressed copies on the wire, against the limits and the site's own sums."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from journey.finished.pages import read_page
from journey.finished.weight import FIRST, FIRST_ELSE, FURTHER, QUIZ, QUIZ_REQUESTS, REQUESTS, weigh

pytestmark = pytest.mark.browser


class _Compressed(SimpleHTTPRequestHandler):
    """As a host that sends the copies that lie beside the files."""

    def send_head(self):  # type: ignore[no-untyped-def]
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        copy = path.with_name(f"{path.name}.gz")
        if not copy.is_file():
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(copy.stat().st_size))
        self.end_headers()
        return copy.open("rb")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def compressed_url(real_site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressed, directory=str(real_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


UNIT = "modules/coordination/01-one-person-five-doors/"


@pytest.mark.parametrize("path", ["", "about/", UNIT, "ur/", f"ur/{UNIT}", "km/", f"km/{UNIT}", "zh/about/"])
def test_the_first_view_is_as_light_as_the_build_says(
    browser: Browser, compressed_url: str, real_site: Path, path: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire: dict[str, int] = {}
    addresses: dict[str, str] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.loadingFinished", lambda e: wire.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(compressed_url + path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    fetched = {
        urlsplit(addresses[one]).path.lstrip("/"): size for one, size in wire.items() if "data:" not in addresses[one]
    }
    file = f"{path}index.html"
    weight = weigh(real_site, [read_page(file, (real_site / file).read_bytes())])[0]
    foreseen = {name.removesuffix("index.html") for name, _ in weight.parts}
    assert set(fetched) <= foreseen
    assert {name for name in foreseen - set(fetched) if not name.endswith(".svg")} == set()  # an icon comes late
    headers = 400 * len(fetched)
    quiz = weight.page.has_quiz
    assert sum(fetched.values()) <= FIRST.get(weight.page.language, FIRST_ELSE) + (QUIZ if quiz else 0) + headers
    assert sum(fetched.values()) == pytest.approx(weight.first, abs=headers)
    assert len(fetched) <= REQUESTS + (QUIZ_REQUESTS if quiz else 0)
    assert weight.own <= FURTHER + (QUIZ if quiz else 0)
    context.close()


def test_no_page_fetches_the_index_of_the_search_before_it_is_used(browser: Browser, compressed_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(compressed_url + UNIT, wait_until="networkidle")
    assert [one for one in asked if "search" in one or "sitemap" in one] == []
    context.close()
