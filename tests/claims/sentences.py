"""Strategies: sentences about harm put together from parts, and hostile text around their words."""

from hypothesis import settings
from hypothesis import strategies as st

relaxed = settings(deadline=None)
"""The first sentence read loads the words of its language, which takes longer than an example may."""

NUMBERS = st.sampled_from(
    [
        "nine",
        "40",
        "at least 23",
        "more than 200",
        "dozens of",
        "up to 30",
        "between 10 and 15",
        "1,200",
        "several",
        "no",
    ]
)
NOUNS = st.sampled_from(
    ["people", "civilians", "children", "fighters", "hospitals", "houses", "shells", "cows", "villages"]
)
VERBS = st.sampled_from(
    ["were killed", "were wounded", "died", "fled", "were hit", "were destroyed", "were reported"]
)
ACTIVE = st.sampled_from(["killed", "wounded", "injured", "destroyed", "hit", "displaced"])
SUBJECTS = st.sampled_from(
    ["The shelling", "Air strikes", "Russian jets", "A car bomb", "Three helicopters", "Rebels"]
)
TAILS = st.sampled_from(
    ["", " in Ariha", " on Sunday", " near two schools", ", medics said", ", including four children", " since 9 May",
     " 20 times", " (12 of them women)", " and nine others were hurt", "; the army denied it"]
)  # fmt: skip

PASSIVE_SENTENCES = st.builds(
    lambda n, noun, verb, tail: f"{n.capitalize()} {noun} {verb}{tail}.", NUMBERS, NOUNS, VERBS, TAILS
)
ACTIVE_SENTENCES = st.builds(
    lambda s, v, n, noun, tail: f"{s} {v} {n} {noun}{tail}.", SUBJECTS, ACTIVE, NUMBERS, NOUNS, TAILS
)
SENTENCES = PASSIVE_SENTENCES | ACTIVE_SENTENCES
"""One sentence about harm, or nearly about it, with numbers of every kind."""

TEXTS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)

WORDS = st.sampled_from(
    ["killed", "said", '"', "(", ")", ",", ";", " - ", "nine", "people", "according to", "citing", "Ariha", "who", "and",
     "including", "the dead", "denied", "on Sunday", "since", "hospital", "air strike", "could", "Russia", "it", "\n\n", "of"]
)  # fmt: skip
HOSTILE = st.lists(WORDS | st.text(max_size=8), max_size=30).map(" ".join)
"""Words of the lexicon in no order, with any code points between them."""
