"""Measure the map of the desk in a browser: how soon it is drawn, and how long it holds the page up while it is moved.

usage: desk_map.py CASE [--rounds N]

Serves the case (`desk.py --keep FOLDER` leaves one of 100,000 incidents), opens its first page in Chromium without a screen,
moves and zooms the map as a reader does, and prints the middle of some rounds: milliseconds from asking to the first paint,
from there until the map is drawn with its marks, the longest task of the page until then and while it is moved, frames a
second while it is moved, and the kilobytes that came with the map and without it. Graphics are drawn by the processor here,
which shares it with the server: a reader's own machine is faster. What the page itself costs stands apart from that, by a trace
of Chromium's main thread while the map is moved: the CPU of its longest task and of a second of moving, with what takes the
most of it, and beside it the CPU of the process that draws; and how many marks an answer has, with its bytes. Needs
Playwright and Chromium.
"""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import Any

from desk import start_server

GRAPHICS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
WATCH = """
window.tasks = []; window.frames = [];
new PerformanceObserver((seen) => { for (const one of seen.getEntries()) tasks.push([one.startTime, one.duration]); })
  .observe({ type: "longtask", buffered: true });
(function note(at) { frames.push(at); requestAnimationFrame(note); })(performance.now());
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LATE = ("/map", "/outlines", "/api/")
TRACED = ("disabled-by-default-devtools.timeline", "devtools.timeline", "toplevel", "__metadata")
DRAWS = "GPU Process"
PAGE_THREAD = "CrRendererMain"


def look(browser: Any, address: str) -> dict[str, float]:
    """Open the first page once in a browser without a cache, and move its map."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    sizes = weigh(context, page)
    browser.start_tracing(page=page, categories=list(TRACED))
    page.goto(address)
    page.wait_for_selector("#map[data-ready=true]", timeout=60_000)
    page.wait_for_selector(".map-name", state="attached", timeout=60_000)
    drawn, painted = page.evaluate("performance.now()"), page.evaluate(PAINTED)
    early = find_longest(page, 0)
    opening = tell_work(json.loads(browser.stop_tracing())["traceEvents"], 1)
    answers: list[Any] = []
    page.on("response", lambda told: answers.append(told) if "/api/v1/map" in told.url else None)
    moved = page.evaluate("performance.now()")
    browser.start_tracing(page=page, categories=list(TRACED))
    move(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    frames = [at for at in page.evaluate("frames") if at > moved]
    late = {url: size for url, size in sizes.items() if any(part in url for part in LATE)}
    found = {
        "first paint, ms": painted,
        "from there until drawn, ms": drawn - painted,
        "longest task until drawn, ms": early,
        "CPU of the longest task until drawn, ms": opening["CPU of the longest task, ms"],
        "CPU of the page until drawn, ms": opening["CPU of the page a second, ms"],
        "longest task while moved, ms": find_longest(page, moved),
        "frames a second while moved": 1000 * (len(frames) - 1) / (frames[-1] - frames[0]),
        **{
            f"while moved: {what}": cost
            for what, cost in tell_work(events, (frames[-1] - moved) / 1000).items()
        },
        "marks of an answer at most": max(len(one.json()["features"]) for one in answers),
        "kB of an answer at most": max(len(one.body()) for one in answers) / 1000,
        "answers while moved": len(answers),
        "kB without the map": (sum(sizes.values()) - sum(late.values())) / 1000,
        "kB with the map": sum(sizes.values()) / 1000,
    }
    context.close()
    return found


def tell_work(events: list[dict[str, Any]], seconds: float) -> dict[str, float]:
    """Give what the page's main thread and the process that draws did, in milliseconds of CPU."""
    threads = {
        (one["pid"], one["tid"]): one["args"]["name"] for one in events if one["name"] == "thread_name"
    }
    drawing = {one["pid"] for one in events if one["name"] == "process_name" and one["args"]["name"] == DRAWS}
    tasks: dict[tuple[int, int], list[float]] = {}
    for one in events:
        if one["name"] == "RunTask":
            tasks.setdefault((one["pid"], one["tid"]), []).append(one.get("tdur", 0) / 1000)
    pages = [times for key, times in tasks.items() if threads.get(key) == PAGE_THREAD]
    own = max(pages, key=sum, default=[0.0])
    drawn = sum(sum(times) for (process, _), times in tasks.items() if process in drawing)
    return {
        "CPU of the longest task, ms": max(own),
        "tasks of more than 16 ms of CPU": sum(took > 16 for took in own),
        "CPU of the page a second, ms": sum(own) / seconds,
        "CPU of drawing a second, ms": drawn / seconds,
    }


def weigh(context: Any, page: Any) -> dict[str, int]:
    """Note the bytes of every answer by its address, as they come over the wire."""
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on(
        "Network.responseReceived", lambda told: urls.update({told["requestId"]: told["response"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda told: sizes.update({urls.get(told["requestId"], ""): told["encodedDataLength"]}),
    )
    return sizes


def move(page: Any) -> None:
    """Draw the map about with the mouse, and zoom in and out, each with time to follow."""
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    for turn in range(6):
        page.mouse.down()
        page.mouse.move(x + (120 if turn % 2 else -120), y + 60, steps=12)
        page.mouse.up()
        page.mouse.move(x, y)
        page.wait_for_timeout(400)
        page.mouse.wheel(0, -300 if turn < 4 else 300)
        page.wait_for_timeout(900)


def find_longest(page: Any, since: float) -> float:
    """Give the longest task that began since a moment, 0 where none took 50 ms."""
    return max((took for at, took in page.evaluate("tasks") if at >= since), default=0.0)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with start_server(asked.case, workers=1) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(GRAPHICS))
        rounds = [look(browser, address) for _ in range(asked.rounds)]
        browser.close()
    print(f"load {os.getloadavg()[0]:.1f}, {asked.rounds} rounds: the middle, and all of them")
    for name in rounds[0]:
        told = ", ".join(f"{one[name]:.0f}" for one in rounds)
        print(f"{name:50}{median(one[name] for one in rounds):>8.0f}   {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
