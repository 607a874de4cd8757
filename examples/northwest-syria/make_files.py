"""Make files/monitor-daily-2018.pdf: the same bytes on every run. Needs reportlab (make test installs it).

python examples/northwest-syria/make_files.py
"""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

TITLE = "Example Monitor: daily report for Saturday, 8 September 2018"
OPENING = (
    "Published: 9 September 2018",
    "Attacks on villages in the south of Idlib province and the north of Hama province went on for a third day.",
    "Idlib province, all attacks of Saturday: four people killed.",
)
BY_PLACE = (
    "An air strike on a house in Abdeen killed three civilians on Saturday.",
    "Artillery fire on Qalaat al-Madiq, in Hama province, killed at least five people on Saturday.",
    "Helicopters dropped barrel bombs on the outskirts of Khan Shaykhun on Saturday. One man was killed and two "
    "people were wounded.",
)
CLOSING = (
    "Our figure for Abdeen is that of the civil defence, as corrected on Saturday evening.",
    "We attribute the barrel bombs to the Syrian army, which alone flies helicopters in the area. The army has not "
    "commented. We could not establish who carried out the air strike on Abdeen.",
    "How we count: a death enters this report when two sources that do not know each other tell us of it, or when "
    "a hospital or the civil defence confirms it. We withhold names. Figures change; the latest report holds.",
)


def make_report(path: Path) -> None:
    """Write the monitor's report, one page of A4."""
    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph(TITLE, styles["Heading1"])]
    story += [Paragraph(text, styles["BodyText"]) for text in OPENING]
    story += [Spacer(1, 0.3 * cm), Paragraph("By place", styles["Heading2"])]
    story += [Paragraph(text, styles["BodyText"], bulletText="•") for text in BY_PLACE]
    story += [Spacer(1, 0.3 * cm)]
    story += [Paragraph(text, styles["BodyText"]) for text in CLOSING]
    document = SimpleDocTemplate(
        str(path), pagesize=A4, title=TITLE, author="Example Monitor", leftMargin=2.5 * cm, rightMargin=2.5 * cm,
        invariant=1,
    )  # fmt: skip
    document.build(story)


if __name__ == "__main__":
    make_report(Path(__file__).parent / "files" / "monitor-daily-2018.pdf")
