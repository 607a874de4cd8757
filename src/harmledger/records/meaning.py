"""Fields that carry their own meaning, so that schemas and documentation cannot drift from the code."""

from dataclasses import MISSING, field
from typing import Any


def meant(meaning: str, default: Any = MISSING, default_factory: Any = MISSING) -> Any:
    """Declare a dataclass field with the sentence that explains it to a reader of the schema.

    `meaning` stands in the JSON Schema (`harmledger schema`) and is what the documentation tests look for.
    """
    metadata = {"meaning": meaning}
    if default is not MISSING:
        return field(default=default, metadata=metadata)
    if default_factory is not MISSING:
        return field(default_factory=default_factory, metadata=metadata)
    return field(metadata=metadata)
