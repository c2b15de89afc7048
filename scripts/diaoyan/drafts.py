"""Drafts as their readers see them, of whatever kind the file is: Word, PDF with text, or plain text."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from diaoyan.draft_lines import decoded, paragraph_spans
from diaoyan.faults import Fault, Faults
from diaoyan.packages import OLE, NotPlain, read_given
from diaoyan.word_files import WordFile
from diaoyan.word_text import word_paragraphs

MOST_MEGABYTES = 64
MARKDOWN, PLAIN_TEXT = (".md", ".markdown"), (".txt",)
PDF_WITHIN = 1024
# What is said of a file that is no draft: what was found, and what was expected.
SAID = {
    "encrypted": ("a Word file with a password", "one without a password"),
    "encrypted_pdf": ("a PDF with a password", "one without a password"),
    "old_word": ("a file of Word 97–2003 (.doc), WPS or another old program", "a file saved as .docx"),
    "no_word": ("no Word file, or a broken one", "a file that Word opens, saved as .docx"),
    "no_pdf": ("no PDF, or a broken one", "a PDF that opens, or the Word file it was made from"),
    "scan": ("a scanned PDF without text", "a PDF with text, or the Word file it was made from"),
    "definitions": ("XML with definitions of its own", "a file saved as .docx by Word"),
    "too_large": ("a file too large to be a draft when unpacked", "a draft of at most some hundred pages"),
    "too_slow": ("pages that take minutes to read", "a simpler PDF, or the Word file it was made from"),
    "no_text": ("bytes that are no text", "text in UTF-8 or GB18030, or a file saved as .docx"),
    "other_encoding": ("text in an unknown encoding", "text in UTF-8 or GB18030 (UTF-16 with its mark)"),
    "empty": ("an empty file", "a draft with text"),
    "no_words": ("a draft without any text", "a draft with text"),
    "rich_text": ("a file in rich text format (.rtf)", "a file saved as .docx"),
    "unknown": ("a file of another kind", "a draft as .docx, .pdf, .txt or .md; save it as .docx"),
}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a draft: where its text lies, what part of the file it is in, its number there, its page."""

    start: int
    end: int
    number: int
    page: int | None
    part: str


@dataclass(frozen=True)
class Draft:
    """A draft as its reader sees it."""

    file: str
    text: str
    paragraphs: tuple[Paragraph, ...]

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph at a character of the text; between two paragraphs the one before."""
        return self.paragraphs[max(0, bisect_right(self.paragraphs, position, key=lambda each: each.start) - 1)]


def read_draft(path: Path) -> Draft:
    """The draft in a file; raises Faults, one line each, for all that is none."""
    shown = path.name or str(path)
    try:
        content = read_given(path, shown, MOST_MEGABYTES * 2**20)
    except NotPlain:
        megabytes = path.stat().st_size // 2**20
        found = f"a file of {megabytes} MB"
        raise Faults([Fault(shown, 0, "", found, f"at most {MOST_MEGABYTES} MB")]) from None
    try:
        draft = _read(content, path.suffix.lower(), shown)
        if not draft.paragraphs:
            raise NotPlain("no_words" if content else "empty")
        return draft
    except NotPlain as found:
        raise Faults([Fault(shown, 0, "", *SAID[str(found)])]) from None


def as_draft(text: str, file: str = "") -> Draft:
    """A text that is already a string; its lines are joined where it is broken into lines of one width."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _of_spans(file, text, paragraph_spans(text))


def _read(content: bytes, suffix: str, shown: str) -> Draft:
    if content.startswith((b"PK", OLE)):
        return _of_word(WordFile(content), shown)
    if b"%PDF-" in content[:PDF_WITHIN] and suffix not in (*PLAIN_TEXT, *MARKDOWN):
        return _of_pages(content, shown)
    if content.startswith(b"{\\rtf"):
        raise NotPlain("rich_text")
    if not content:
        raise NotPlain("empty")
    if suffix not in (*PLAIN_TEXT, *MARKDOWN):
        raise NotPlain({".docx": "no_word", ".pdf": "no_pdf"}.get(suffix, "unknown"))
    text = decoded(content)
    return _of_spans(shown, text, paragraph_spans(text, is_markdown=suffix in MARKDOWN))


def _of_word(file: WordFile, shown: str) -> Draft:
    texts, paragraphs, start = [], [], 0
    for number, each in enumerate(word_paragraphs(file), 1):
        texts.append(each.text)
        paragraphs.append(Paragraph(start, start + len(texts[-1]), number, None, each.part))
        start = paragraphs[-1].end + 1
    return Draft(shown, "\n".join(texts), tuple(paragraphs))


def _of_pages(content: bytes, shown: str) -> Draft:
    # No chapter needs what reads a PDF, which takes longer to load than an edition to be opened.
    from diaoyan.draft_pages import read_pages

    pages = read_pages(content)
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(page) + 1)
    text = "\n".join(pages)
    return _of_spans(shown, text, paragraph_spans(text, is_wrapped=True), starts)


def _of_spans(file: str, text: str, spans: Iterable[tuple[int, int]], pages: list[int] | None = None) -> Draft:
    """The draft with these paragraphs; `pages` are the characters that its pages begin with."""
    found = (
        Paragraph(start, end, number, bisect_right(pages, start) if pages else None, "body")
        for number, (start, end) in enumerate(spans, 1)
    )
    return Draft(file, text, tuple(found))
