"""A definition of a book to start from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePosixPath

_TEXT = """\
# A book made from pages. Every key is explained in the editors' handbook, under "Books".
id: {id}
title:
  en: {title}
trim: {trim}
audience: {audience}
languages: [en]
answers: true
index_of_forms: true
parts:
{parts}
"""


def new_book_text(book_id: str, title: str, trim: str, audience: str, pages: Sequence[PurePosixPath]) -> str:
    """The text of a definition with whole pages as its parts."""
    parts = "\n".join(f"  - page: {page}" for page in pages)
    quoted = json.dumps(title, ensure_ascii=False)
    return _TEXT.format(id=book_id, title=quoted, trim=trim, audience=audience, parts=parts)
