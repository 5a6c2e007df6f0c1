"""One text and one hash for one content of plain JSON, whatever the order of its keys."""

import hashlib
import json


def canonical(content: dict) -> str:
    """The content as text: the same for the same content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: dict) -> str:
    """SHA-256 over the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
