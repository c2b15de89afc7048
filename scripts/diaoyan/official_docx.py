"""The formal document as a Word file: real styles, numbering, fields and footnotes, the same bytes each time."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from jinja2 import Environment, PackageLoader, StrictUndefined

from diaoyan.catalogue import Catalogue
from diaoyan.office_files import without_times
from diaoyan.official_text import Document, Paragraph, Run

# The empty file is kept unpacked: what python-docx has no words for (numbering, grid, fields) is readable there.
FILES = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footnotes.xml",
    "word/footer-odd.xml",
    "word/footer-even.xml",
)
STYLES = {
    "paragraph": "Body Text",
    "ordered": "List Number",
    "bullet": "List Bullet",
    "continued": "List Continue",
}
# What Word takes Latin letters to be in.
LATIN_LANGUAGES = {"zh": "en-US", "en": "en-GB"}
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en-GB"}
BULLETS = 2
# 156 mm in twentieths of a point.
TEXT_WIDTH_TWIPS = 8845


def write_official_docx(document: Document, words: Catalogue, target: Path) -> None:
    """Writes the document as the office edits it."""
    notes = [run.note for paragraph in document.paragraphs for run in paragraph.runs if run.note]
    file = docx.Document(_empty_file(document, words, notes))
    _describe(file.core_properties, document)
    front, end = document.front, document.end
    for style, text in [
        (words("official.styles.mark"), front["mark"]),
        (words("official.styles.meeting"), front["meeting"]),
        (words("official.styles.meeting"), front["number"]),
        ("Title", front["title"]),
        ("Subtitle", front["date"]),
        ("Subtitle", front["body"]),
        ("Salutation", front["addressee"]),
        ("Body Text", front["lead"]),
    ]:
        if text:
            _add_runs(file.add_paragraph(style=style), (Run(text),), document.language)
    for paragraph in document.paragraphs:
        style = f"Heading {paragraph.level}" if paragraph.kind == "heading" else STYLES[paragraph.kind]
        written = file.add_paragraph(style=style)
        _number(written, paragraph)
        _add_runs(written, paragraph.runs, document.language)
    # What is framed goes with the paragraph after it.
    print_line = file.add_paragraph(style=words("official.styles.print"))
    _put_at_foot(print_line)
    _add_runs(print_line, (Run(f"\t{end['printed_by']}\t{end['printed']}"),), document.language)
    signature = file.add_paragraph(style="Signature")
    _add_runs(signature, (Run(f"{end['signed_by']}\t{end['proof_read_by']}"),), document.language)
    for number, mark in enumerate(file.element.body.iter(qn("w:footnoteReference")), 1):
        mark.set(qn("w:id"), str(number))
    packed = io.BytesIO()
    file.save(packed)
    target.write_bytes(without_times(packed))


def _empty_file(document: Document, words: Catalogue, notes: list) -> io.BytesIO:
    """The file without its text: styles, numbering, page layout and footnotes in the document's language."""
    environment = Environment(loader=PackageLoader("diaoyan"), autoescape=True, undefined=StrictUndefined)
    lists = {each.list: (each.list, each.level, each.number) for each in reversed(document.paragraphs) if each.list}
    values = {
        "language": document.language,
        "latin_language": LATIN_LANGUAGES.get(document.language, document.language),
        "words": words,
        "notes": notes,
        "lists": sorted(lists.values()),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for part in FILES:
            stored = part.replace("styles.xml", f"styles-{'zh' if document.language == 'zh' else 'en'}.xml")
            package.writestr(part, environment.get_template(f"official/docx/{stored}").render(values))
    packed.seek(0)
    return packed


def _describe(properties, document: Document) -> None:
    day = datetime.fromisoformat(document.date)
    properties.title = document.front["title"]
    properties.author = document.front["body"]
    properties.last_modified_by = document.front["body"]
    properties.comments = document.front["mark"]
    properties.language = LANGUAGE_TAGS.get(document.language, document.language)
    properties.created = properties.modified = day
    properties.revision = 1


def _number(written: WordParagraph, paragraph: Paragraph) -> None:
    """Puts an item into its list; headings are numbered by their styles."""
    if paragraph.kind not in ("ordered", "bullet"):
        return
    numbering = written._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = paragraph.level - 1
    numbering.get_or_add_numId().val = paragraph.list + BULLETS if paragraph.kind == "ordered" else BULLETS


def _put_at_foot(written: WordParagraph) -> None:
    """Frames the paragraph at the foot of its page, as wide as the text."""
    frame = OxmlElement("w:framePr")
    place = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
    for name, value in {"w": str(TEXT_WIDTH_TWIPS), "wrap": "around", **place}.items():
        frame.set(qn(f"w:{name}"), value)
    written._p.get_or_add_pPr().insert_element_before(frame, "w:rPr")


def _add_runs(written: WordParagraph, runs: tuple[Run, ...], language: str) -> None:
    for run in runs:
        added = written.add_run(run.text, style={"em": "Emphasis", "strong": "Strong"}.get(run.mark))
        if run.note:
            added.style = "footnote reference"
            added._r.append(OxmlElement("w:footnoteReference"))
        elif language == "zh":
            # Quotation marks and dashes are in Chinese fonts and Latin ones; here they are Chinese.
            added._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
