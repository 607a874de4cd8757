"""How deep tests look. `make test` looks as deep as five minutes on two processors allow; `make test-long` runs what it left
out, the tests marked `long`, and those marked `deep` with all of their examples."""

import os

import pytest
from hypothesis import settings

IS_WHOLE = os.environ.get("HARMLEDGER_TESTS") == "long"


def examples(most, few, **others):
    """Have a property hold for so many examples: `most` of them where there is time, else `few`."""

    def mark(test):
        return pytest.mark.deep(settings(max_examples=most if IS_WHOLE else few, **others)(test))

    return mark
