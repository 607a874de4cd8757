"""The API held against its own description, by schemathesis: what it says is what it does, whatever is asked."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from depth import IS_WHOLE
from harmledger.desk.web.public.questions import read_box

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis: make test installs it")

EXAMPLES = 25 if IS_WHOLE else 5
"""Questions made for each operation, of those that make sense and of those that do not, with a fixed seed."""

MODES = ("POSITIVE", "NEGATIVE")
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def operations(built, start):
    """Give the operations of a server that believes one proxy: each question comes from an address of its own there, and
    meets no limit."""
    address = start(built, HARMLEDGER_PROXIES="1")
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    yield [found.ok() for found in schema.get_all_operations()]
    start.end(address)


@pytest.mark.deep
@pytest.mark.parametrize("mode", MODES)
def test_the_api_does_what_it_says(operations, mode):
    assert len(operations) >= 7
    for operation in operations:
        try:
            ask(operation, schemathesis.GenerationMode[mode])
        except Exception as error:
            if (
                type(error).__name__ != "Unsatisfiable"
            ):  # an operation without parameters can be asked in no wrong way
                raise AssertionError(f"{operation.label}: {error}") from error


def ask(operation, mode):
    @seed(2016)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask_once(case):
        number = next(_numbers)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        response = case.call(headers={"X-Forwarded-For": address}, timeout=30)
        if response.status_code == 414 or (response.status_code == 422 and is_turned(case)):
            return  # a line that no server takes; a box that the pattern of its text cannot tell from others
        case.validate_response(response)

    ask_once()


def is_turned(case):
    """Tell whether a question has a box that is written well, and whose sides are the wrong way round."""
    found = re.fullmatch(r"([-.\d]+),([-.\d]+),([-.\d]+),([-.\d]+)", str((case.query or {}).get("bbox", "")))
    return found is not None and read_box(found[0]) is None
