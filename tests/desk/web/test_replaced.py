"""The catalogue of a case that is replaced while people read: nobody is told to come again."""

REPLACE = """
import threading
from django.conf import settings
from harmledger.desk.web import cases
cases._PREPARING.start = lambda folder: None
folder = settings.HARMLEDGER_CASE_FOLDER
def read():
    with cases.open_served() as case:
        print(case.catalogue.read_meta()["mark"] == case.meta["mark"])
read()
(before,) = folder.glob("catalogue-*.sqlite")
before.rename(before.with_name("catalogue-" + 16 * "0" + ".sqlite"))
other = threading.Thread(target=read)
other.start()
other.join(30)
read()
"""


def test_who_comes_between_reads_what_is_there_now(own, inside):
    folder, _ = own
    assert inside(REPLACE, folder).split("\n")[:-1] == 3 * ["True"]
