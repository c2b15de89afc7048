"""The particulars of an edition as a sheet of its form."""

from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.catalogue import Catalogue
from diaoyan.edition_content import is_words, load_catalogues, particulars_schema, required_particulars
from diaoyan.form_cells import KEY_FILL, LOCKED, NOTE_FONT, OPEN, finish, put_text, put_time
from diaoyan.form_columns import explanation, language_name
from diaoyan.particulars import Value
from diaoyan.vocabulary import Vocabulary
from diaoyan.worksheets import DATE_FORMAT, TEXT_FORMAT, WRAPPED, put, put_head

EXPLANATION_WIDTH = 60
DAYS = ("as_of", "printed")


def fill_particulars(
    sheet: Worksheet, data: Path, particulars: dict[str, Value], vocabulary: Vocabulary, language_shown: str
) -> None:
    """The entries of edition.yml, one to a row: a value, or the same words in every language."""
    catalogues = load_catalogues(data)
    words, spoken = catalogues[language_shown], list(catalogues)
    heads = [words("form.item"), words("form.content")]
    heads += [language_name(each, words, catalogues) for each in spoken] + [words("form.explanation")]
    for number, head in enumerate(heads, 1):
        put_head(sheet.cell(1, number), head)
        width = 24 if number < 3 else 40 if number < len(heads) else EXPLANATION_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
    required = required_particulars(data)
    for line, (name, entry) in enumerate(particulars_schema(data).items(), 2):
        head = words(f"columns.{name}")
        put_head(sheet.cell(line, 1), words("form.required", head=head) if name in required else head)
        value = particulars.get(name, "")
        if is_words(entry):
            for number, language in enumerate(spoken, 3):
                cell = put_text(sheet, line, number, value.get(language, "") if isinstance(value, dict) else "")
                cell.protection, cell.alignment = OPEN, WRAPPED
        else:
            _put_value(sheet.cell(line, 2), name, value, vocabulary, words)
        note = put(sheet.cell(line, len(heads)), explanation(words, "edition", name))
        note.font, note.alignment = NOTE_FONT, WRAPPED
    finish(sheet, "B2")


def _put_value(cell: Cell, name: str, value: str | list[str], vocabulary: Vocabulary, words: Catalogue) -> None:
    """A value of its own: a day as a date, areas and source by their names."""
    sheet, line = cell.parent, cell.row
    if name in DAYS:
        cell.number_format = DATE_FORMAT
        if value:
            put_time(sheet, line, 2, value)
        rule = None
        if name != "as_of":
            # Of the report itself no more than the month may be known.
            rule = DataValidation("date", operator="greaterThan", formula1="DATE(1949,1,1)", allow_blank=True)
    elif isinstance(value, list):
        named = [vocabulary.label("areas", each, words.language) if name == "peers" else each for each in value]
        put_text(sheet, line, 2, words("form.list").join(named))
        rule = None
    else:
        table = {"city": "areas", "source": "sources"}.get(name)
        put_text(sheet, line, 2, vocabulary.label(table, value, words.language) if table else value)
        cell.number_format = TEXT_FORMAT
        rule = DataValidation("list", formula1=f"list_{table}", errorStyle="warning") if table else None
    if rule:
        sheet.add_data_validation(rule)
        rule.add(cell.coordinate)
    cell.protection = LOCKED if name == "id" else OPEN
    cell.fill = KEY_FILL if name == "id" else PatternFill()
