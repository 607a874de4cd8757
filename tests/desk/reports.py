"""Made-up reports that several tests of the commands read."""

IDLIB = (
    {
        "id": "monitor",
        "text": "Air raids on Idlib killed 50 people on Monday and wounded more than 200, a monitor said.",
        "publisher": "Example Monitor",
        "published": "2016-05-31",
        "kind": "monitor",
        "language": "en",
    },
    {
        "id": "wire",
        "text": "At least 23 people were killed in air strikes on Idlib late on Monday, activists said.\n\n"
        "Among the dead were seven children.",
        "publisher": "Example Wire",
        "published": "2016-05-31",
        "kind": "news",
        "language": "en",
    },
    {
        "id": "daily",
        "text": "Shelling in Saraqib killed two children and wounded nine people on Tuesday, rescuers said.",
        "publisher": "Example Daily",
        "published": "2016-06-01",
        "kind": "news",
        "language": "en",
    },
)
"""Two attacks: one told by two outlets with different tolls, and one in another town."""

ARIHA = (
    {"id": "a", "text": "Air raids killed 23 people in Ariha on Monday, the Syrian Observatory for Human Rights said.",
     "publisher": "Example Wire", "published": "2019-07-23"},
    {"id": "b", "text": "At least 23 people died when warplanes bombed Ariha on Monday, residents said.",
     "publisher": "Example Daily", "published": "2019-07-24"},
    {"id": "c", "text": "Shelling killed two people in Saraqib on Monday.", "publisher": "Example Weekly",
     "published": "2019-07-24"},
    {"id": "d", "text": "The ministry said that the war could last for years.", "publisher": "Example Daily",
     "published": "2019-07-24"},
)  # fmt: skip
"""Two outlets on one attack, one on another, and one that tells of none."""
