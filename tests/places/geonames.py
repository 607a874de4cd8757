"""GeoNames files in small, for tests: real towns with rounded coordinates."""

import gzip
import zipfile
from collections.abc import Sequence
from pathlib import Path

TOWNS: tuple[tuple[int, str, str, float, float, str, str, int], ...] = (
    (168620, "Kafr Zaytah", "كفر زيتا,Kafr Zita", 35.374, 36.603, "PPL", "10", 21845),
    (168619, "Kafr Zayt", "كفر زيت", 36.413, 36.811, "PPL", "09", 0),
    (173864, "Al Habīţ", "الهبيط", 35.439, 36.538, "PPL", "12", 0),
    (167611, "Ma‘arrat an Nu‘mān", "معرة النعمان", 35.648, 36.676, "PPLA2", "12", 58008),
    (168325, "Khān Shaykhūn", "خان شيخون", 35.442, 36.651, "PPLA3", "12", 48975),
    (169389, "Idlib", "إدلب,Idleb", 35.931, 36.634, "PPLA", "12", 128840),
    (170017, "Ḩamāh", "حماة,Hama", 35.132, 36.758, "PPLA", "10", 460602),
    (170063, "Aleppo", "حلب,Halab", 36.201, 37.161, "PPLA", "09", 1602264),
)
PROVINCES = (("09", "Aleppo", 170062), ("10", "Hama", 170015), ("12", "Idlib", 169387))


def format_dump(
    rows: Sequence[tuple[int, str, str, float, float, str, str, int]] = TOWNS, country: str = "SY"
) -> str:
    """Give a country dump of 19 columns."""
    return "".join(
        f"{number}\t{name}\t\t{others}\t{lat}\t{lon}\tP\t{feature}\t{country}\t\t{admin1}\t\t\t\t{population}\t\t\t\t2019-01-01\n"
        for number, name, others, lat, lon, feature, admin1, population in rows
    )


def format_names(rows: Sequence[tuple[int, str, str, float, float, str, str, int]] = TOWNS) -> str:
    """Give alternate names in the layout of alternateNamesV2."""
    lines = []
    for number, _, others, *_rest in rows:
        lines.extend(f"{len(lines) + 1}\t{number}\t\t{name}\t\t\t\t\t\t\n" for name in others.split(","))
    return "".join(lines)


def format_provinces(country: str = "SY") -> str:
    """Give admin1CodesASCII."""
    return "".join(f"{country}.{code}\t{name}\t{name}\t{number}\n" for code, name, number in PROVINCES)


def write_source(folder: Path, suffix: str = ".txt.gz", dump: str | None = None) -> Path:
    """Write GeoNames files of Syria into the folder, each as plain text, gzip or zip."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "SY": dump if dump is not None else format_dump(),
        "SY.alternateNamesV2": format_names(),
        "admin1CodesASCII": format_provinces(),
        "admin2Codes": "SY.12.167610\tMaarrat District\tMaarrat District\t167610\n",
    }
    for stem, text in texts.items():
        path = folder / f"{stem}{suffix}"
        if suffix == ".txt.gz":
            path.write_bytes(gzip.compress(text.encode()))
        elif suffix == ".zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("readme.txt", "a file beside it")
                archive.writestr(f"{stem}.txt", text)
        else:
            path.write_text(text, encoding="utf-8")
    return folder
