"""What a person means by the name of an area, as the gazetteer has it."""

from harmledger.records.problem import Problem
from harmledger.tallies.area import Area


def find_area(name: str) -> Area:
    """Give what a name may mean: a country, provinces that bear it, the place most like it, and a district so called.

    Idleb finds Idlib and Syria finds SY. Overlay and country packs are asked, once; nothing is compiled or fetched.
    """
    from harmledger.places.candidate import SAME_SOUND
    from harmledger.places.countries import list_country_names
    from harmledger.places.folding import fold_key, fold_name
    from harmledger.places.gazetteer import open_gazetteer

    gazetteer, _ = open_gazetteer(layers=("overlay", "packs"))
    found = gazetteer.find(name)
    meant = [
        one
        for one in found
        if one is found[0]
        or (
            one.kind == "district"
            and one.because[0] in SAME_SOUND
            and one.place.country == found[0].place.country
        )
    ]
    named = {(one.place.country, one.place.name) for one in meant if one.place.country and one.place.name}
    for province in gazetteer.resolve_province(name):
        named |= {(province.country, called) for called in gazetteer.list_province_names(province)}
    names = list_country_names(gazetteer.language)
    code = name.upper() if name.upper() in names.values() else gazetteer.names_country(name)
    called = {key for key, country in names.items() if country == code}
    return Area(
        name=name,
        ids=frozenset(one.place.id for one in meant if one.place.id),
        named=frozenset((country, fold_name(called)) for country, called in named),
        countries=frozenset(called | {fold_key(code)} if code else ()),
    )


def report_unknown_area(name: str) -> Problem:
    """Give the problem of an area by whose name nothing is known."""
    return Problem(
        code="pipeline.area-unknown",
        message=f"no area is known by the name {name!r:.60}",
        severity="warning",
        remedy="check the spelling (harmledger places find NAME); a country pack knows every settlement",
    )
