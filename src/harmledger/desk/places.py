"""`harmledger places`: the gazetteers on this computer."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harmledger.desk.options import check_country, gather_messages, take_json, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say, tell_step

if TYPE_CHECKING:
    from harmledger.places.candidate import Candidate
    from harmledger.places.packs import Pack
    from harmledger.records.place import Place
    from harmledger.records.problem import Problem


@click.group()
def places() -> None:
    """Install, list and search gazetteers.

    Places of attacks resolve with the overlay that comes with the program and with the world's larger
    settlements. A country pack adds every village of a country with all its spellings.
    """


@places.command()
@click.argument("countries", nargs=-1, required=True, metavar="CODE...", callback=check_country)
@click.option(
    "--from",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Read GeoNames files (SY.txt, SY.zip or SY.txt.gz …) from FOLDER, without any network.",
)
@take_messages
def install(
    countries: tuple[str, ...], folder: Path | None, is_quiet: bool, problems_file: str | None
) -> int:
    """Install, or replace, the packs of countries, named by two letters.

    Without --from the files are fetched from download.geonames.org: the only time the program uses the
    network, and only because you ask. Packs go to the user's data folder, or where HARMLEDGER_DATA says.
    An interruption leaves the earlier pack as it was.

    \b
    Examples:
      harmledger places install SY PS
      harmledger places install SY --from ~/geonames
    """
    from harmledger.places.packs import install_pack

    messages = gather_messages(is_quiet, problems_file)
    installed: list[Pack] = []
    problems: list[Problem] = []
    for country in countries:
        packs, found = install_pack(country, folder, progress=None if is_quiet else tell_step)
        installed.extend(packs)
        problems.extend(found)
        if packs and folder is not None:
            problems.extend(_install_pcodes(packs[0].country, folder, is_quiet))
    if not installed:
        give_up(problems, messages, "no pack was installed")
    for pack in installed:
        if not is_quiet:
            say(f"{pack.country}: {pack.places} places, {pack.names} names, {pack.country}@{pack.digest}")
    return finish(problems, messages)


def _install_pcodes(country: str, folder: Path, is_quiet: bool) -> "tuple[Problem, ...]":
    """Install OCHA's P-codes of a country where the folder has them."""
    from harmledger.places.candidate import PlaceContext
    from harmledger.places.gazetteer import open_gazetteer
    from harmledger.places.pcodes import install_pcodes

    gazetteer, _ = open_gazetteer(countries=(country,), layers=("overlay", "packs"))

    def find_places(name: str, within: str) -> "list[Place]":
        return [one.place for one in gazetteer.find(name, PlaceContext(country=within, is_leading=True))]

    count, problems = install_pcodes(country, folder, find_places)
    if count and not is_quiet:
        say(f"{country}: {count} P-codes")
    return problems


@places.command("list")
@take_json
@take_messages
def list_installed(is_json: bool, is_quiet: bool, problems_file: str | None) -> int:
    """List the installed country packs: size, date, digest, source and licence.

    \b
    Examples:
      harmledger places list
      harmledger places list --json
    """
    from harmledger.places.packs import list_packs

    packs, problems = list_packs()
    if is_json:
        click.echo(json.dumps([asdict(pack) for pack in packs], indent=2, ensure_ascii=False))
    elif packs or problems:
        rows = [
            (p.country, str(p.places), str(p.names), p.date, p.digest, p.source, p.licence) for p in packs
        ]
        rows += [(Path(p.where or "").stem, "damaged", "", "", "", "", "") for p in problems]
        _print_table(("Country", "Places", "Names", "Date", "Digest", "Source", "Licence"), sorted(rows))
    else:
        say("No country pack is installed: harmledger places install SY")
    return finish(problems, gather_messages(is_quiet, problems_file))


@places.command()
@click.argument("wording")
@click.option("--country", metavar="CODE", callback=check_country, help="Country it lies in, as two letters.")
@click.option("--province", metavar="NAME", help="Province it lies in, in any spelling.")
@take_json
@take_messages
def find(
    wording: str,
    country: str | None,
    province: str | None,
    is_json: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Tell which places a wording may mean, best first, and why.

    \b
    Examples:
      harmledger places find Kafrzita
      harmledger places find Kafrzita --country SY --province Hama --json
    """
    from harmledger.pipeline.areas import report_unknown_area
    from harmledger.places.candidate import PlaceContext
    from harmledger.places.gazetteer import open_gazetteer

    messages = gather_messages(is_quiet, problems_file)
    gazetteer, problems = open_gazetteer(progress=None if is_quiet else tell_step)
    found = gazetteer.find(wording, PlaceContext(country=country, admin1=province))
    if is_json:
        rows = [_describe_candidate(candidate) for candidate in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif found:
        _print_table(
            ("Place", "Province", "Country", "Latitude", "Longitude", "Score", "Because"),
            [_tabulate_candidate(candidate) for candidate in found],
        )
    else:
        say(
            f"No place is known by {clean_text(wording)!r}; a country pack may know it: harmledger places install"
        )
    if province and not gazetteer.resolve_province(province, country):
        problems = (*problems, report_unknown_area(province))
    return finish((*problems, *gazetteer.problems), messages)


def describe_gazetteers() -> Iterator[str]:
    """Give a line for each gazetteer that is there: name and digest, as `made_by` has them."""
    from harmledger.places.folders import locate_cache
    from harmledger.places.gazetteer import open_gazetteer

    gazetteer, _ = open_gazetteer(layers=("overlay", "packs"))
    compiled = sorted(path.stem.replace("-", "@", 1) for path in locate_cache().glob("base-*.sqlite"))
    yield from sorted((*gazetteer.digests, *compiled)) or ("no gazetteer",)


def _describe_candidate(candidate: "Candidate") -> dict[str, Any]:
    row = asdict(candidate)
    row["because"] = list(candidate.because)
    return row


def _tabulate_candidate(candidate: "Candidate") -> tuple[str, ...]:
    place = candidate.place
    return (
        place.name or "",
        place.admin1 or "",
        place.country or "",
        "" if place.lat is None else f"{place.lat:.4f}",
        "" if place.lon is None else f"{place.lon:.4f}",
        f"{candidate.score:.2f}",
        "; ".join(candidate.because),
    )


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from harmledger.desk.tables import Printer

    cleaned = [tuple(clean_text(cell) for cell in row) for row in rows]
    Printer().print_table([(name, "left") for name in columns], cleaned)
