"""The pictures of an e-book: found by the address that the HTML uses, each stored once."""

from __future__ import annotations

import base64
import binascii
import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from .package import IMAGES, Item, media_type
from .xhtml import Fault, elements

_DATA = re.compile(r"^data:(image/[a-z+]+);base64,(.*)$", re.S)


class Pictures:
    """Collects pictures while chapters are read."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = known
        self._files: dict[str, str] = {}
        self._items: dict[str, Item] = {}
        self.are_seen = False
        """Whether a picture stands in the text that is more than decoration."""

    def take_in(self, root: etree.Element) -> list[Fault]:
        """Point every `img` below `root` to its file in the book."""
        faults = []
        for parent, image in elements(root, "img"):
            source = image.get("src") or ""
            self.are_seen = self.are_seen or bool(image.get("alt"))
            if file := self.add(source):
                image.set("src", file)
            else:
                what = f"the picture {source[:80]} is not in the book"
                near = "".join(parent.itertext()).strip()[:60] or image.get("alt", "")
                faults.append(Fault(near, what, f"Pictures lie beside the page, as {', '.join(sorted(IMAGES))}."))
        return faults

    def add(self, source: str) -> str | None:
        """The file that a picture has in the book, or None if there is no such picture."""
        if source not in self._files:
            found = self._find(source)
            if found is None:
                return None
            stem, suffix, data = found
            file, number = f"images/{stem}{suffix}", 1
            while file in self._items and self._items[file].data != data:
                number += 1
                file = f"images/{stem}-{number}{suffix}"
            self._items[file] = Item(file, media_type(file), data)
            self._files[source] = file
        return self._files[source]

    def _find(self, source: str) -> tuple[str, str, bytes] | None:
        if match := _DATA.match(source):
            suffix = next((one for one, kind in IMAGES.items() if kind == match[1]), None)
            try:
                return ("picture", suffix, base64.b64decode(match[2], validate=True)) if suffix else None
            except binascii.Error:
                return None
        data = self._known.get(source)
        path = PurePosixPath(unquote(source))
        if data is None or path.suffix.lower() not in IMAGES:
            return None
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem).strip("-") or "picture"
        return stem, path.suffix.lower(), data

    def items(self, cover: str) -> list[Item]:
        """All files in the order of their first use; `cover` is the picture that is the book's face."""
        face = self._files.get(cover, "")
        return [
            Item(item.file, item.media_type, item.data, "cover-image" if file == face else "")
            for file, item in self._items.items()
        ]
