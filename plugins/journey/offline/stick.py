"""The site for a memory stick: a zip whose pages open by double click.

A browser that opens a page from a disk shows a folder where a link ends with `/`, so every such link gets its
`index.html`. What needs a server, the service worker and its lists, is left out.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from .packs import FOLDER

ROOT = "learning-journey"
_LEFT_OUT = ("sw.js", "sitemap.xml", f"{FOLDER}/")
_COPIES = (".gz", ".br")  # of files that are there themselves
_FOLDER_LINK = re.compile(r"""(<a\b[^>]*?\shref=)(["']?)(\.|\.\.|(?:[^"'\s>:#?]*/))((?:[?#][^"'\s>]*)?)\2(?=[\s>])""")
_STORED = (".pdf", ".epub", ".woff2", ".png", ".jpg")


def write_stick(site: Path, target: Path) -> int:
    """Write the finished site to the zip file `target`, the same bytes for the same site; returns its files' number."""
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    names = [path.relative_to(site).as_posix() for path in paths]
    kept = [
        (path, name)
        for path, name in zip(paths, names, strict=True)
        if not name.startswith(_LEFT_OUT) and not name.endswith(_COPIES)
    ]
    with zipfile.ZipFile(target, "w") as archive:
        for path, name in kept:
            data = path.read_bytes()
            if name.endswith(".html"):
                text = _POLICY.sub(
                    "", data.decode("utf-8")
                )  # a file is no origin, so its policy would forbid our scripts
                data = with_file_links(text).encode("utf-8")
            info = zipfile.ZipInfo(f"{ROOT}/{name}", (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return len(kept)


_POLICY = re.compile(r"""<meta http-equiv="?Content-Security-Policy"?[^>]*>\n?""")


def with_file_links(page: str) -> str:
    """The page with links to folders led to their `index.html`; links to other sites stay.

    >>> with_file_links('<a href="../b/#c">x</a> <a class="k" href=".">y</a> <a href="https://a.org/">z</a>')
    '<a href="../b/index.html#c">x</a> <a class="k" href="./index.html">y</a> <a href="https://a.org/">z</a>'
    """

    def link(match: re.Match[str]) -> str:
        before, quote, folder, rest = match.groups()
        return f"{before}{quote}{folder}{'' if folder.endswith('/') else '/'}index.html{rest}{quote}"

    return _FOLDER_LINK.sub(link, page)
