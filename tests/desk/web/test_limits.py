"""Buckets that fill again with time."""

from harmledger.desk.web.limits import LIMITS, Buckets, Limit, find_limit


def test_a_bucket_is_emptied_and_fills_again():
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    limit = Limit(burst=3, per_second=0.5)
    assert [buckets.take("here", "x", limit) for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("there", "x", limit) == 0
    assert buckets.take("here", "y", limit) == 0
    now[0] = 2.0
    assert [buckets.take("here", "x", limit) for _ in range(2)] == [0, 2]
    now[0] = 1000.0
    assert [buckets.take("here", "x", limit) > 0 for _ in range(4)] == [False, False, False, True]


def test_limits_are_found_with_and_without_a_language():
    limits = dict(LIMITS)
    assert find_limit("/api/v1/incidents") == ("/api/", limits["/api/"])
    assert find_limit("/account/sign-in") == ("/account/", limits["/account/"])
    assert find_limit("/ar/account/sign-in") == ("/account/", limits["/account/"])
    for path in ("/", "/ar/", "/totals.html", "/incidents/0.html", "", "*"):
        assert find_limit(path) == ("/", limits["/"])
