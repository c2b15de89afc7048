"""Drafts in PDF: paragraphs across lines and pages, and files that give no text."""

import io
import subprocess
import sys

import pypdf
import pytest
import typst
from test_drafts import fault_of

from diaoyan import draft_pages
from diaoyan.draft_pages import MOST_OPERATORS, read_pages
from diaoyan.drafts import read_draft
from diaoyan.fonts import font_set

SENTENCE = "二〇二二年全市高新技术企业达到三百零三家，比二〇一八年增加二百一十六家，占全省的百分之二点八，"
LONG = SENTENCE * 9 + "居全省第二位。"
HEAD = "一、主要做法和成效"


@pytest.fixture(scope="module")
def pdf():
    """Sets paragraphs as offices do, each beginning with an indent, on small pages with numbers."""
    fonts = font_set("fandol")

    def make(*paragraphs: str, numbering: str = '"— 1 —"') -> bytes:
        family = fonts.families["body"][0]
        head = (
            f"#set page(width: 160mm, height: 90mm, numbering: {numbering})\n"
            f'#set text(font: "{family}", size: 14pt, lang: "zh")\n'
            "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
        )
        return typst.compile((head + "\n\n".join(paragraphs)).encode(), font_paths=fonts.files)

    return make


def saved(tmp_path, content: bytes):
    """The bytes as a file."""
    (tmp_path / "draft.pdf").write_bytes(content)
    return tmp_path / "draft.pdf"


def paragraphs(draft) -> list[tuple[int, str]]:
    """The pages and texts of the paragraphs, without the ends of their lines."""
    return [(each.page, draft.text[each.start : each.end].replace("\n", "")) for each in draft.paragraphs]


@pytest.mark.parametrize("numbering", ["— 1 —", "- 1 -", "1", "1 / 1", "第1页"])
def test_a_paragraph_goes_on_over_lines_and_pages_without_the_numbers_of_the_pages(tmp_path, pdf, numbering):
    content = pdf(HEAD, LONG, LONG, HEAD, LONG, numbering=f'"{numbering}"')
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 2
    draft = read_draft(saved(tmp_path, content))
    assert [text for _, text in paragraphs(draft)] == [HEAD, LONG, LONG, HEAD, LONG]
    pages = [page for page, _ in paragraphs(draft)]
    assert pages[0] == 1
    assert pages == sorted(pages)
    assert pages[-1] > 1
    assert {each.part for each in draft.paragraphs} == {"body"}


def test_a_number_at_the_end_of_the_only_page_is_text(pdf):
    assert read_pages(pdf("高新技术企业", "303", numbering="none")) == ["高新技术企业\n303"]


def edited(content: bytes, **password: str) -> bytes:
    """The PDF written again, with passwords where some are given, without its text where there are none."""
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        if password:
            writer.add_page(page)
        else:
            writer.add_blank_page(page.mediabox.width, page.mediabox.height)
    if password:
        writer.encrypt(**password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_scan_and_a_locked_file_are_one_line_and_a_file_that_only_may_not_be_changed_is_read(tmp_path, pdf):
    content = pdf(HEAD)
    scan = "draft.pdf: found a scanned PDF without text, expected a PDF with text, or the Word file it was made from"
    assert fault_of(saved(tmp_path, edited(content))) == scan
    locked = edited(content, user_password="a", owner_password="b")
    said = "draft.pdf: found a PDF with a password, expected one without a password"
    assert fault_of(saved(tmp_path, locked)) == said
    owned = edited(content, user_password="", owner_password="b")
    assert paragraphs(read_draft(saved(tmp_path, owned))) == [(1, HEAD)]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"0 obj <<" * 999, b"no PDF"])
def test_a_broken_file_is_one_line(tmp_path, content):
    said = "found no PDF, or a broken one, expected a PDF that opens, or the Word file it was made from"
    assert fault_of(saved(tmp_path, content)) == f"draft.pdf: {said}"


def written_by_hand(stream: bytes, count: int = 1) -> bytes:
    """A PDF of pages with one content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b"3 0 R " * count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    return written + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(written)


SLOW = "draft.pdf: found pages that take minutes to read, expected a simpler PDF, or the Word file it was made from"


def test_a_page_that_would_be_read_for_minutes_is_refused(tmp_path):
    assert fault_of(saved(tmp_path, written_by_hand(b"q Q " * MOST_OPERATORS * 4))) == SLOW


def test_a_file_is_read_up_to_its_most_operators(tmp_path, monkeypatch):
    path = saved(tmp_path, written_by_hand(b"BT /F 9 Tf (303) Tj ET", count=3))
    monkeypatch.setattr(draft_pages, "MOST_OPERATORS_OF_FILE", 12)
    assert read_draft(path).text == "303\n303\n303"
    monkeypatch.setattr(draft_pages, "MOST_OPERATORS_OF_FILE", 11)
    assert fault_of(path) == SLOW


def test_more_pages_than_a_draft_has_are_refused(tmp_path):
    said = "draft.pdf: found a file too large to be a draft when unpacked, expected a draft of at most"
    assert fault_of(saved(tmp_path, written_by_hand(b"", count=1001))).startswith(said)


def test_what_is_amiss_in_a_file_is_not_told_by_the_library_that_mends_it(tmp_path):
    path = saved(tmp_path, written_by_hand(b"") + b"\nmore")
    code = f"from pathlib import Path; from diaoyan.drafts import read_draft; read_draft(Path({str(path)!r}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr
    assert "EOF" not in said
    assert said.splitlines()[-1].startswith("diaoyan.faults.Faults: draft.pdf: found a scanned PDF")
