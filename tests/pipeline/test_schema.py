"""The schemas say what the program takes."""

from dataclasses import fields

import pytest

from harmledger.pipeline.formats import FORMATS
from harmledger.pipeline.schema import DIALECT, describe_format
from harmledger.records.vocabulary import VOCABULARIES


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_field_carries_its_meaning(name):
    schema = describe_format(name)
    assert schema["$schema"] == DIALECT
    for definition in schema["$defs"].values():
        for field, described in definition["properties"].items():
            assert described["description"].strip(), field
    own = schema["$defs"][FORMATS[name].__name__]
    assert list(own["properties"]) == [field.name for field in fields(FORMATS[name])]


def test_a_document_has_exactly_one_content():
    own = describe_format("documents")["$defs"]["Document"]
    assert [choice["required"] for choice in own["oneOf"]] == [["text"], ["html"], ["path"]]


def test_closed_lists_are_closed():
    harms = describe_format("claims")["$defs"]["Claim"]["properties"]["harm"]["anyOf"][0]["enum"]
    assert set(harms) == set(VOCABULARIES["harm"])


def test_another_name_is_refused():
    with pytest.raises(KeyError):
        describe_format("events")
