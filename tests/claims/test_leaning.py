"""Which country a post without any great town's name is about."""

from claims.telling import make_text, open_story_reader


def place_of(words: str) -> str | None:
    """Give the country of the first claim that has a place."""
    claims, _ = open_story_reader().read(make_text(words, "2021-11-08", "ar"))
    return next((claim.place.country for claim in claims if claim.place is not None), None)


def test_a_party_at_home_there_tells_the_country_of_a_town_with_namesakes() -> None:
    assert place_of("مقتل مدني بقصف هيئة تحرير الشام على مدينة أريحا.") == "SY"
    assert place_of("مقتل مدني برصاص حركة حماس في مدينة أريحا.") == "PS"


def test_hashtags_tell_the_country_wherever_they_stand() -> None:
    assert place_of("مقتل مدني بقصف مدفعي على مدينة أريحا.\n#إدلب #سوريا") == "SY"
    assert place_of("مقتل مدني برصاص في مدينة أريحا.\n#الضفة_الغربية #فلسطين") == "PS"
