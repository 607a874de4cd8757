"""The growing sum as numbers, for the script that draws it anew."""

import msgspec

from harmledger.publication.site.totals import TotalsPage
from harmledger.publication.wording import Wording


def pack_curve(page: TotalsPage, words: Wording) -> str:
    """Give the steps of the sum and others' totals as JSON, with the words of the language; empty without a curve."""
    if page.curve is None:
        return ""
    steps = [(step.until, *step.sums, step.name, step.text) for step in page.curve.steps]
    others = [(mark.number, mark.since, mark.until, mark.value) for mark in page.curve.others]
    told = {
        "title": words.tables["site"]["curve"],
        "begin": f"{page.curve.steps[0].label}-01-01"[:10],
        "steps": steps,
        "others": others,
        "digits": words.digits("0123456789"),
        "separator": words.number(1000)[1:-3],
        "months": words.tables["months_short"],
    }
    return msgspec.json.encode(told).decode()
