"""What the tests share: the real edition, loaded once, a copy of the data to break, and facts made by hand."""

import csv
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from claims_by_hand import audited_by_hand
from drawn_charts import drawn_by_id
from filled_form import Form
from made_once import made_once
from small_project import Tree, make_small_project

from diaoyan import stock
from diaoyan.catalogue import load_catalogue
from diaoyan.edition import PARTS, Edition
from diaoyan.facts import Fact
from diaoyan.faults import Faults
from diaoyan.paths import DATA
from diaoyan.quantities import Quantity
from diaoyan.report import Report
from diaoyan.schema import read_schema
from diaoyan.workbook_form import write_form

ANYANG = "anyang-2023"
LATER = "anyang-2025"
SCHEMA = read_schema(DATA)


@dataclass(frozen=True)
class DataFolder:
    """A copy of the data that a test may break."""

    path: Path

    def file(self, table: str) -> Path:
        """The file of a table; for a table that has two, the edition's own."""
        if table == "benchmarks":
            return self.path / "benchmarks" / "observations.csv"
        shape = SCHEMA[table]
        own = self.own(shape["path"])
        # A file that an edition may leave out is the shared one where it does.
        is_shared = shape["home"] == "shared" or (shape["home"] == "both" and not own.exists())
        return self.path / shape["path"] if is_shared else own

    def own(self, name: str) -> Path:
        """A file of the edition."""
        return self.path / "editions" / ANYANG / name

    def change_cell(self, table: str, key: str, column: str, value: str) -> int:
        """Changes one cell of the row whose key, joined by `|`, begins so; returns the row's line."""
        path = self.file(table)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        found = [number for number, row in enumerate(rows) if f"{'|'.join(row)}|".startswith(f"{key}|")]
        assert len(found) == 1, f"{key} names {len(found)} rows of {table}"
        rows[found[0]][rows[0].index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return found[0] + 1

    def change_line(self, path: Path, start: str, old: str, new: str) -> int:
        """Replaces a passage in the one line that begins so; returns the line's number."""
        lines = path.read_text(encoding="utf-8").split("\n")
        found = [number for number, line in enumerate(lines) if line.startswith(start)]
        assert len(found) == 1, f"{start} begins {len(found)} lines of {path.name}"
        assert old in lines[found[0]]
        lines[found[0]] = lines[found[0]].replace(old, new)
        path.write_text("\n".join(lines), encoding="utf-8")
        return found[0] + 1

    def replace(self, path: Path, old: str, new: str) -> None:
        """Replaces a passage that stands in the file exactly once."""
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def append(self, table: str, line: str) -> int:
        """Adds a line to a table; returns its number."""
        path = self.file(table)
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{line}\n", encoding="utf-8")
        return text.count("\n") + 1

    def remove_row(self, table: str, key: str, with_numerals: bool = True) -> None:
        """Removes the one row whose line begins so, the numerals of the original that it holds, and its passages."""
        path = self.file(table)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(key)]
        assert len(kept) == len(lines) - 1, f"{key} begins {len(lines) - len(kept)} lines of {table}"
        path.write_text("".join(kept), encoding="utf-8")
        if with_numerals:
            self._forget_numerals(table, key.rstrip(",").replace(",", "|"))
        if table == "claims":
            self._forget_passages(key.rstrip(","))

    def empty(self, table: str) -> None:
        """Leaves a table its head only, and takes away the numerals of the original that it holds, and its passages."""
        path = self.file(table)
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        self._forget_numerals(table, "")
        if table == "claims":
            self.file("passages").unlink()

    def _forget_numerals(self, table: str, row: str) -> None:
        path = self.file("numerals")
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if f",{table},{row}" not in line), encoding="utf-8")

    def _forget_passages(self, claim: str) -> None:
        path = self.file("passages")
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.rstrip().endswith(f",{claim}")), encoding="utf-8")

    def load(self, vintage: str = "first_published") -> Edition:
        """The edition as it now is."""
        return Edition.load(ANYANG, self.path, vintage)

    def faults(self) -> list[str]:
        """The lines that loading the edition ends with, the edition's own folder shortened to `…`."""
        with pytest.raises(Faults) as raised:
            self.load()
        return str(raised.value).replace(f"data/editions/{ANYANG}/", "…/").splitlines()


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    """A copy of the data with only the benchmarks of 2022 and the intensities of nation and province, to load fast."""
    path = tmp_path / "data"
    others = [each.name for each in (DATA / "editions").iterdir() if each.name != ANYANG]
    shutil.copytree(DATA, path, ignore=shutil.ignore_patterns(*others) if others else None)
    benchmarks = path / "benchmarks" / "observations.csv"
    head, *lines = benchmarks.read_text(encoding="utf-8").splitlines(keepends=True)
    always = ("rd_intensity,china,", "rd_intensity,henan,")
    kept = [line for line in lines if ",2022," in line or line.startswith(always)]
    benchmarks.write_text(head + "".join(kept), encoding="utf-8")
    return DataFolder(path)


@pytest.fixture
def older_tables(folder, tmp_path) -> Path:
    """A copy of the data folder as it is before a test changes it."""
    return Path(shutil.copytree(folder.path, tmp_path / "before" / "data"))


@pytest.fixture
def later_edition(folder):
    """Makes an edition of two years later: with figures (indicator, period, value and unit), without some rows."""

    def make(added: Iterable[tuple[str, str, str]] = (), without: Iterable[str] = ()) -> Edition:
        own = folder.path / "editions" / LATER
        shutil.copytree(folder.path / "editions" / ANYANG, own)
        folder.replace(own / "edition.yml", f"id: {ANYANG}", f"id: {LATER}")
        folder.replace(own / "edition.yml", "'2023-10-26'", "'2025-10-26'")
        folder.replace(own / "edition.yml", "report_year: 2022", "report_year: 2024")
        path = own / "observations.csv"
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(tuple(without))]
        for indicator, period, value in added:
            lines.append(f"{indicator},anyang,{period},first_published,{value},,anyang-decision-2025,正文,,")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return Edition.load(LATER, folder.path)

    return make


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The real edition in the figures first published."""
    return Edition.load(ANYANG)


@pytest.fixture(scope="session")
def with_returns(edition) -> Edition:
    """The real edition with what two counties returned, so that every row of charts has figures."""
    table = edition.tables["observations"]
    total = next(row for row in table if row["indicator"] == "unpaid_science_technology_funds")
    returned = [replace(total, cells={**total, "area": area}) for area in ("hua-county", "yindu-district")]
    return replace(edition, tables={**edition.tables, "observations": replace(table, rows=(*table.rows, *returned))})


@pytest.fixture(scope="session")
def latest() -> Edition:
    """The real edition in the latest figures."""
    return Edition.load(ANYANG, vintage="latest")


@pytest.fixture(scope="session")
def zh():
    """The Chinese catalogue."""
    return load_catalogue(DATA, "zh")


@pytest.fixture(scope="session")
def en():
    """The English catalogue."""
    return load_catalogue(DATA, "en")


@pytest.fixture(scope="session")
def fact(edition):
    """Makes a fact by hand: fact("303"), fact("2", "亿元"), fact("1000", qualifier="above")."""

    def make(value: str, unit: str = "家", qualifier: str | None = None, **where: str) -> Fact:
        place = {"indicator": "high_tech_enterprises", "area": "anyang", "period": "2022", "source": "anyang-2023"}
        return Fact(
            **{**place, **where},
            quantity=Quantity(Decimal(value), edition.units[unit]),
            vintage="first_published",
            qualifier=qualifier,
            locator="一（二）1",
            anchor="obs-by-hand",
            row=None,
        )

    return make


@pytest.fixture
def audited(edition):
    """Audits one claim, written by hand, against observations written by hand."""
    return partial(audited_by_hand, edition)


@pytest.fixture
def verdict(audited):
    """The verdict on one claim written by hand."""
    return lambda claim, *observations: audited(claim, *observations).verdict


@pytest.fixture
def drawn(zh):
    """Draws a chart of an edition by its id, in Chinese unless told otherwise; cells of its row may be changed."""

    def draw_one(edition, chart, catalogue=zh, later=False, **cells):
        return drawn_by_id(edition, chart, catalogue, later, **cells)

    return draw_one


@pytest.fixture
def form(folder, tmp_path):
    """A form of the copied edition, opened in Chinese."""
    file = tmp_path / "form.xlsx"
    write_form(folder.path, ANYANG, "zh", file)
    return Form(file, folder.path)


def write_chapter(path: Path, outputs: list[tuple[dict, dict]]) -> None:
    """A notebook of one cell with outputs as the chapters show them: what is known about each, and its content."""
    shown = [{"output_type": "display_data", "metadata": {"diaoyan": about}, "data": data} for about, data in outputs]
    cells = [{"cell_type": "code", "metadata": {}, "source": "", "outputs": shown, "execution_count": None}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="session")
def executed(edition, tmp_path_factory) -> dict[str, Path]:
    """The three parts of the real edition as executed, pictures left out: a folder for each language."""
    folders = {}
    for language in ("zh", "en"):
        folders[language] = tmp_path_factory.mktemp(f"executed-{language}")
        for part in PARTS:
            outputs = Report(edition, language).outputs(part, pictures=False)
            write_chapter(folders[language] / f"{part}.ipynb", [(each.about, each.data) for each in outputs])
    return folders


@pytest.fixture
def parts(tmp_path):
    """Makes a folder of three parts from Markdown by part and anchor; a part not given says one sentence."""

    def make(**given: dict[str, str]) -> Path:
        for part in PARTS:
            texts = given.get(part, {part: f"# {part.title()}\n\nA sentence."})
            outputs = [
                ({"kind": "text", "anchors": [anchor]}, {"text/markdown": text}) for anchor, text in texts.items()
            ]
            write_chapter(tmp_path / f"{part}.ipynb", outputs)
        return tmp_path

    return make


@pytest.fixture(scope="session")
def built_once(tmp_path_factory) -> tuple[Tree, tuple[int, list[str], list[str]]]:
    """A tree of two short chapters, with what its first build said."""

    def make(folder: Path) -> None:
        (folder / "said.json").write_text(json.dumps(make_small_project(folder / "tree")), encoding="utf-8")

    folder = made_once(tmp_path_factory, "small-project", make)
    return Tree(folder / "tree"), tuple(json.loads((folder / "said.json").read_text(encoding="utf-8")))


@pytest.fixture
def tree(built_once, tmp_path) -> Tree:
    """A tree that was built, to be changed."""
    shutil.copytree(built_once[0].root, tmp_path / "tree", symlinks=True)
    return Tree(tmp_path / "tree")


@pytest.fixture
def new_stock(tmp_path_factory, monkeypatch):
    """Puts an empty stock in the place of the one there is; gives its folder."""

    def put() -> Path:
        folder = tmp_path_factory.mktemp("stock")
        monkeypatch.setattr(stock, "FOLDER", folder)
        return folder

    return put
