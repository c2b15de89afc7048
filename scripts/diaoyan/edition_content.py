"""What people write of an edition: particulars, tables and texts as text, read from its folder and written to one."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from diaoyan.catalogue import Catalogue, languages, load_catalogue
from diaoyan.consistency import MEMBERS
from diaoyan.faults import Faults
from diaoyan.files import LARGEST_TEXT, read_text
from diaoyan.inputs import chapter_names
from diaoyan.particulars import Value, read_particulars, with_particulars
from diaoyan.schema import read_schema, translated
from diaoyan.table_files import read_rows
from diaoyan.tables import Row
from diaoyan.text_rows import Piece, TextRow, pieces_in, pieces_of, same_pieces, side_by_side, text_of

Cells = dict[str, str]


@dataclass(frozen=True)
class Content:
    """An edition's own rows by table, its texts as rows, and the entries of edition.yml; empty cells are ''."""

    particulars: dict[str, Value]
    tables: dict[str, list[Cells]]
    texts: list[TextRow]


def spoken_schema(data: Path) -> dict:
    """The shapes of all tables with columns for the words of every language there is a catalogue of."""
    schema, spoken = read_schema(data), languages(data)
    return {
        name: {
            **shape,
            "fields": [*shape["fields"], *translated(shape, spoken).values()],
            # What a file must have, and the languages it may have besides.
            "stored": shape,
            "spoken": spoken,
        }
        for name, shape in schema.items()
    }


def own_tables(schema: dict) -> dict[str, dict]:
    """The tables that an edition has rows of its own in."""
    return {name: shape for name, shape in schema.items() if shape["home"] != "shared"}


def asked_indicators(content: Content) -> list[str]:
    """The indicators that cards and charts of the city show, in the order in which they stand there."""
    of_city = (row for row in content.tables["charts"] if row["areas"] != MEMBERS)
    shown = (name for row in of_city for name in row["indicators"].split())
    return list(dict.fromkeys([*(row["indicator"] for row in content.tables["highlights"]), *shown]))


def read_content(data: Path, edition: str) -> Content:
    """The content of a stored edition; raises Faults for files that cannot be read."""
    faults, particulars, tables = [], {}, {}
    own, shown = data / "editions" / edition, f"data/editions/{edition}"
    try:
        particulars = read_particulars(own / "edition.yml", f"{shown}/edition.yml")
    except Faults as found:
        faults += found.faults
    for name, shape in own_tables(spoken_schema(data)).items():
        try:
            tables[name] = filled(shape, rows_on_disk(own, shown, shape))
        except Faults as found:
            faults += found.faults
    try:
        texts = [row for chapter in _chapters(own, data) for row in _chapter_rows(own, shown, chapter, data)]
    except Faults as found:
        faults += found.faults
    if faults:
        raise Faults(faults)
    return Content(particulars, tables, texts)


def rows_on_disk(own: Path, shown: str, shape: dict) -> list[Row]:
    """The edition's own rows of a table, none where it may and does leave the file out."""
    path = own / shape["path"]
    if shape.get("optional") and not path.exists():
        return []
    return read_rows(path, f"{shown}/{shape['path']}", shape["stored"], shape["spoken"])


def filled(shape: dict, rows: list[Row]) -> list[Cells]:
    """The cells of rows in all columns of a table, empty where their file has no such column."""
    empty = dict.fromkeys((field["name"] for field in shape["fields"]), "")
    return [empty | dict(row) for row in rows]


def write_content(content: Content, data: Path, edition: str) -> list[str]:
    """Brings the edition's folder to this content; a file that says the same already stays byte for byte.

    Returns what was changed, as paths below the folder.
    """
    own, changed = data / "editions" / edition, []
    for name, shape in own_tables(spoken_schema(data)).items():
        path, rows = own / shape["path"], content.tables[name]
        if filled(shape, rows_on_disk(own, "", shape)) != rows:
            _write(path, csv_text(shape, rows))
            changed.append(shape["path"])
    source = read_text(own / "edition.yml", "")
    wanted = with_particulars(source, content.particulars)
    if wanted != source:
        _write(own / "edition.yml", wanted)
        changed.append("edition.yml")
    return changed + list(_write_texts(content.texts, own, data))


def csv_text(shape: dict, rows: list[Cells]) -> str:
    """A table as the files of an edition hold it, with columns for further languages where they are used."""
    stored = [field["name"] for field in shape["stored"]["fields"]]
    others = [field["name"] for field in shape["fields"] if field["name"] not in stored]
    columns = stored + [column for column in others if any(row[column] for row in rows)]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return written.getvalue()


def shared_texts(data: Path) -> list[TextRow]:
    """The texts that serve every edition without its own, as rows."""
    return [row for chapter in _chapters(data, data) for row in _chapter_rows(data, "data", chapter, data)]


def text_pieces(own: Path, shown: str, language: str, chapter: str) -> list[Piece] | None:
    """The headings and paragraphs of a text of the edition; None where it has no such text."""
    path = own / "text" / language / f"{chapter}.md"
    return pieces_of(read_text(path, f"{shown}/text/{language}/{chapter}.md", LARGEST_TEXT)) if path.exists() else None


def particulars_schema(data: Path) -> dict[str, dict]:
    """The entries of edition.yml in their order."""
    return yaml.safe_load((data / "edition.schema.yml").read_text(encoding="utf-8"))["properties"]


def required_particulars(data: Path) -> list[str]:
    """The entries of edition.yml that no edition may leave out."""
    return yaml.safe_load((data / "edition.schema.yml").read_text(encoding="utf-8"))["required"]


def shared_rows(data: Path, schema: dict) -> dict[str, list[Cells]]:
    """The rows of the tables that every edition sees."""
    found = {}
    for name, shape in schema.items():
        path = shape["path"] if shape["home"] == "shared" else shape.get("shared_path")
        if path:
            rows = read_rows(data / path, f"data/{path}", shape["stored"], shape["spoken"])
            found[name] = filled(shape, rows)
    return found


def is_words(entry: dict) -> bool:
    """Whether an entry of edition.yml is said in every language."""
    return entry.get("$ref", "").endswith("/words")


def load_catalogues(data: Path) -> dict[str, Catalogue]:
    """The words of every language, that of the originals first."""
    return {language: load_catalogue(data, language) for language in text_languages(data)}


def _chapters(own: Path, data: Path) -> list[str]:
    """Chapters with a text of the edition's own, in reading order, others after them."""
    found = {path.stem for language in languages(data) for path in (own / "text" / language).glob("*.md")}
    known = chapter_names()
    return sorted(found, key=lambda name: (known.index(name) if name in known else len(known), name))


def _chapter_rows(own: Path, shown: str, chapter: str, data: Path) -> list[TextRow]:
    # The language that the catalogue of the sheet's reader comes from plays no part: the order is that of the files.
    found = {language: text_pieces(own, shown, language, chapter) for language in text_languages(data)}
    return side_by_side(chapter, {language: pieces for language, pieces in found.items() if pieces is not None})


def text_languages(data: Path) -> list[str]:
    """The languages of the texts, that of the originals first."""
    return sorted(languages(data), key=lambda language: (language != "zh", language))


def _write_texts(rows: list[TextRow], own: Path, data: Path) -> Iterator[str]:
    for language in languages(data):
        chapters = {row.chapter for row in rows if language in row.words}
        on_disk = {path.stem for path in (own / "text" / language).glob("*.md")}
        for chapter in sorted(chapters | on_disk):
            path = own / "text" / language / f"{chapter}.md"
            wanted = pieces_in((row for row in rows if row.chapter == chapter), language)
            if chapter not in chapters:
                path.unlink()
            elif chapter in on_disk and same_pieces(text_pieces(own, "", language, chapter) or [], wanted):
                continue
            else:
                _write(path, text_of(wanted))
            yield f"text/{language}/{chapter}.md"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
