"""Shipped templates as Python's code in and out, so that a report need not compile them again.

Jinja takes longer to compile our templates than to render them. What it made is the same each
time, like Python's own `.pyc` files, and is kept where they are and trusted as they are. A
council's own templates are never kept: a workspace comes from anywhere.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Collection
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from complaints_learning.nouns import sealed


class Compiled(BytecodeCache):
    """The code of templates by their name. `changed` when some of it was made just now.

    `key` is the fingerprint of all that compiles; code kept under another is none.
    """

    def __init__(self, key: str, kept: bytes = b"") -> None:
        self._key = key
        self.changed = False
        self.names: Collection[str] = ()
        """The templates that may be kept."""
        self._code: dict[str, tuple[str, CodeType]] = {}
        data = sealed.opened(key, kept)  # marshal is for whole and trusted bytes only
        if data:
            self._code = marshal.loads(data)

    def dumps(self) -> bytes:
        """The bytes to keep."""
        return sealed.seal(self._key, marshal.dumps(self._code))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name alone: all templates of a report lie in one folder."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """What says that a template is still the same text."""
        return hashlib.sha256(source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of the bucket's template, when it is there and of the same text."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if bucket.key in self.names and checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Note the code of the bucket's template."""
        if bucket.key in self.names and bucket.code is not None:
            self._code[bucket.key] = bucket.checksum, bucket.code
            self.changed = True
