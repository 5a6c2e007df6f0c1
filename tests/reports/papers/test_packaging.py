import zipfile
from io import BytesIO

from openpyxl import Workbook

from reports.papers.packaging import stable


def book():
    made = Workbook()
    made.active["A1"] = "x"
    return made


def test_no_hour_of_making_is_left_in_the_file():
    package = zipfile.ZipFile(BytesIO(stable(book(), "2023-12-05T00:00:00Z")))

    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert package.read("docProps/core.xml").count(b">2023-12-05T00:00:00Z<") == 2
