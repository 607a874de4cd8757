"""Every qualifier group and every time rule reads its own example."""

from datetime import date

import pytest

from harmledger.lexicon.numbers import NumberExample, load_number_words
from harmledger.lexicon.times import TimeRule, load_time_words
from harmledger.ranges.quantities import find_quantities
from harmledger.ranges.times import find_times, resolve_time
from harmledger.records.time import Time

NUMBERS = load_number_words("en")
TIMES = load_time_words("en")


@pytest.mark.parametrize("example", NUMBERS.examples, ids=lambda example: example.wording)
def test_qualifier_reads_its_example(example: NumberExample) -> None:
    first = find_quantities(example.text, 0, len(example.text), NUMBERS)[0].count
    assert first.wording == example.wording
    assert (first.value, first.low, first.high) == (example.value, example.low, example.high)
    assert first.quantifier == example.quantifier


@pytest.mark.parametrize("rule", TIMES.rules, ids=lambda rule: rule.name)
def test_rule_reads_its_example(rule: TimeRule) -> None:
    example = rule.example
    mention = find_times(example.text, 0, len(example.text), TIMES)[0]
    assert mention.wording == example.wording
    assert mention.clue.form == rule.form
    antecedent = Time(example.antecedent, example.antecedent, "day") if example.antecedent else None
    time = resolve_time(mention, date.fromisoformat(example.anchor), antecedent)
    assert ((time.start, time.end) if time else (None, None)) == (example.start, example.end)
