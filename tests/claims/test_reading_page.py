"""docs/reading.md and docs/rules.md show the words, the rules, their paths and the example as they are."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reading.md").read_text("utf-8")
CLAIMS = ROOT / "src" / "harmledger" / "claims"


def test_the_drawn_tables_are_current() -> None:
    spec = importlib.util.spec_from_file_location("draw_rules", ROOT / "bench" / "draw_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.PAGES:
        page = (ROOT / "docs" / name).read_text("utf-8")
        assert module.draw_page(name, page) == page, "draw the pages anew: python bench/draw_rules.py"


def test_every_rule_of_scope_voice_and_place_is_told() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(CLAIMS.glob("*.py")))
    names = set(re.findall(r'"((?:scope|voice|place|media|attack)\.[a-z-]+)"', source))
    assert {name for name in names if f"`{name}`" not in PAGE} == set()
