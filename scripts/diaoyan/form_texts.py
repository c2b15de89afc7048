"""The texts of an edition as a sheet of its form."""

from collections.abc import Mapping

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.catalogue import Catalogue
from diaoyan.form_cells import KEY_FILL, LOCKED, OPEN, ROOM, choose_from, finish, put_text
from diaoyan.form_columns import language_name
from diaoyan.text_rows import TextRow
from diaoyan.worksheets import HEAD_FONT, TEXT_FORMAT, put_head, wrap

TEXT_WIDTH = 70
# Excel makes no row higher.
HIGHEST_ROW_PT = 409


def fill_texts(
    sheet: Worksheet, texts: list[TextRow], catalogues: Mapping[str, Catalogue], words: Catalogue, is_own: bool
) -> None:
    """Headings and paragraphs, the languages side by side; those of every edition are there to read and to copy."""
    keys = [words("form.chapter"), words("form.level"), words("form.anchor")]
    spoken = list(catalogues)
    heads = keys + [language_name(each, words, catalogues) for each in spoken]
    for number, head in enumerate(heads, 1):
        put_head(sheet.cell(1, number), head)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = TEXT_WIDTH if number > len(keys) else 30 if number == len(keys) else 16
        dimension.protection, dimension.number_format = OPEN if is_own else LOCKED, TEXT_FORMAT
    for line, row in enumerate(texts, 2):
        _put_row(sheet, line, row, spoken, words, is_own)
    last = len(texts) + ROOM
    for letter, name in (("A", "chapters"), ("B", "levels")):
        choose_from(sheet, f"list_{name}", f"{letter}2:{letter}{last}")
    finish(sheet, "D2")


def _put_row(sheet: Worksheet, line: int, row: TextRow, spoken: list[str], words: Catalogue, is_own: bool) -> None:
    key = f"form.chapters.{row.chapter}"
    cells = [words(key) if words.has(key) else row.chapter, words(f"form.levels.{row.level}")]
    for number, value in enumerate([*cells, row.anchor], 1):
        cell = put_text(sheet, line, number, value)
        # An anchor leads to its section from charts, items and other texts.
        cell.protection, cell.fill = (LOCKED, KEY_FILL) if row.level or not is_own else (OPEN, PatternFill())
    for number, language in enumerate(spoken, len(cells) + 2):
        cell = put_text(sheet, line, number, row.words.get(language, ""))
        wrap(cell, TEXT_WIDTH)
        cell.protection = OPEN if is_own else LOCKED
        if row.level:
            cell.font = HEAD_FONT
    height = sheet.row_dimensions[line].height
    sheet.row_dimensions[line].height = min(height, HIGHEST_ROW_PT) if height else None
