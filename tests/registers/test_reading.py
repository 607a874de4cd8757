"""Registers read: rows of CSV, JSON and JSON lines to entries, and what of them cannot be read."""

import json

import pytest

from harmledger.records.place import Place
from harmledger.registers.reading import read_register

ARIHA = Place(
    "Ariha", "Ariha", "t:ariha", "SY", "Idlib", lat=35.81, lon=36.61, precision="settlement", radius_km=3.0
)
UCDP = "id,relid,where_coordinates,where_prec,adm_1,latitude,longitude,country,date_start,date_end,side_a,low,best,high,deaths_civilians\n"
ACLED = (
    "event_id_cnty;event_date;time_precision;location;geo_precision;latitude;longitude;fatalities;actor1\n"
)


def find_place(name, country):
    return ARIHA if "Ariha" in name else None


def read(path, layout=None):
    told = list(read_register(path, find_place, layout))
    return [entry for entry, _ in told if entry is not None], [
        problem for _, problem in told if problem is not None
    ]


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_of_ged_gives_its_days_place_and_bounds(tmp_path) -> None:
    row = "77,SYR-1,Ariha town,1,Idlib governorate,35.82,36.60,Syria,2019-07-22,2019-07-23,Government of Syria,2,3,5,3\n"
    (entry,), problems = read(write(tmp_path, "ged.csv", UCDP + row))
    assert problems == []
    assert (entry.register, entry.code, entry.row) == ("ucdp", "77", "row 2")
    assert (entry.time.start, entry.time.end, entry.time.precision) == ("2019-07-22", "2019-07-23", "period")
    assert entry.place == ARIHA  # the gazetteer's place where its name and their point agree
    assert (entry.toll["killed"].low, entry.toll["killed"].best, entry.toll["killed"].high) == (2, 3, 5)
    assert entry.figures == {"killed": frozenset({(2, 5)})}
    assert entry.actors == {"syrian government"}


def test_a_point_far_from_the_town_of_that_name_is_believed(tmp_path) -> None:
    row = "77,SYR-1,Ariha town,1,,34.0,36.6,Syria,2019-07-22,2019-07-22,,1,1,1,1\n"
    (entry,), _ = read(write(tmp_path, "ged.csv", UCDP + row))
    assert entry.place.id is None
    assert entry.place.lat == 34.0
    assert entry.place.country == "SY"


def test_a_province_of_ged_stays_a_province(tmp_path) -> None:
    row = "77,SYR-1,Ariha area,4,,35.82,36.60,Syria,2019-07-22,2019-07-22,,1,1,1,1\n"
    (entry,), _ = read(write(tmp_path, "ged.csv", UCDP + row))
    assert entry.place.precision == "province"
    assert entry.place.radius_km == 80.0


def test_acled_dates_in_words_and_its_codes_for_weeks_are_read(tmp_path) -> None:
    rows = "SYR1;22 July 2019;1;Ariha;1;35.81;36.61;4;Russian Military\nSYR2;22 July 2019;2;Ariha;1;35.81;36.61;0;\n"
    (day, week), problems = read(write(tmp_path, "acled.csv", ACLED + rows))
    assert problems == []
    assert (day.time.start, day.time.end) == ("2019-07-22", "2019-07-22")
    assert (week.time.start, week.time.end) == ("2019-07-19", "2019-07-25")
    assert day.actors == {"russia"}
    assert week.actors == frozenset()
    assert week.toll["killed"].figure == (0, 0)


def test_lists_inside_objects_are_named_with_a_dot(tmp_path) -> None:
    told = [
        {
            "code": "R1",
            "date": "2019-07-22",
            "place": "Ariha",
            "killed": [2, None],
            "children": [None, 1],
            "grade": "Fair",
        }
    ]
    (entry,), problems = read(write(tmp_path, "list.json", json.dumps(told)))
    assert problems == []
    assert entry.toll["killed"].figure == (2, 2)
    assert entry.children.figure == (1, 1)
    assert (entry.place, entry.grade, entry.row) == (ARIHA, "Fair", "entry 1")


def test_several_registers_may_stand_in_one_file(tmp_path) -> None:
    lines = [
        {"code": "R1", "date": "2019-07-22", "grade": "Fair", "killed": [1, 2]},
        {"code": "U1", "date": "2019-07-22", "side_a": "X", "low": "1.0", "high": "2.0"},
    ]
    entries, problems = read(write(tmp_path, "both.jsonl", "\n".join(map(json.dumps, lines))))
    assert [entry.register for entry in entries] == ["airwars", "ucdp"]
    assert problems == []
    assert entries[1].toll["killed"].figure == (1, 2)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.csv", UCDP + ",S,Ariha,1,,,,Syria,2019-07-22,,,1,1,1,1\n", "has no code"),
        (
            "a.csv",
            UCDP + "7,S,Ariha,1,,,,Syria,someday,,,1,1,1,1\n",
            "has a date that cannot be read: 'someday'",
        ),
        ("a.csv", "just a line\n", "is no table with headings"),
        ("a.csv", "", "is no table with headings"),
        ("a.csv", "x,y\n1,2\n3,4\n", "is no register that is known by its columns"),
        ("a.json", "{}", "is no list of objects"),
        ("a.json", "[1]", "is no object"),
        ("a.json", "[" * 100_000, "is no JSON"),
        ("a.jsonl", "{]\n", "is no JSON"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(tmp_path, name, text, reason) -> None:
    entries, (problem,) = read(write(tmp_path, name, text))
    assert entries == []
    assert reason in problem.message
    assert problem.where.startswith(name)
    assert problem.remedy


@pytest.mark.parametrize("number", ["-1", "1.5", "many", "1e99", "nan"])
def test_a_number_that_is_none_costs_the_figure_and_not_the_entry(tmp_path, number) -> None:
    row = f"7,S,Ariha,1,,,,Syria,2019-07-22,,,{number},,,\n"
    (entry,), (problem,) = read(write(tmp_path, "a.csv", UCDP + row))
    assert entry.toll == {}
    assert problem.severity == "warning"
    assert number in problem.message


def test_a_broken_row_leaves_the_others(tmp_path) -> None:
    good = "7,S,Ariha,1,,,,Syria,2019-07-22,,,1,1,1,1\n"
    entries, (problem,) = read(write(tmp_path, "a.csv", UCDP + good + "8," + "x" * (2 << 20) + "\n" + good))
    assert [entry.code for entry in entries] == ["7", "7"]
    assert "field larger than field limit" in problem.message


def test_points_off_the_globe_are_no_points(tmp_path) -> None:
    row = "7,S,Nowhere,1,,95,36.6,Syria,2019-07-22,,,1,1,1,1\n"
    (entry,), _ = read(write(tmp_path, "a.csv", UCDP + row))
    assert entry.place is None
