"""Place wording to ranked candidates."""
