"""Word files written by hand, part by part, for what no library writes."""

import io
import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The parts beside the document, and what each of them is inside.
SORTS = {"styles": "styles", "settings": "settings", "footnotes": "footnotes", "endnotes": "endnotes"}
SORTS |= {"comments": "comments", "header1": "hdr", "header2": "hdr", "footer1": "ftr"}


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with this body, and what these parts hold inside."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{name.rstrip("12")}+xml"/>' for name in parts
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("12")}" Target="{name}.xml"/>' for name in parts
    )
    package = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relations}</Relationships>',
    }
    package |= {
        f"word/{name}.xml": f"<w:{SORTS[name]} {NAMES}>{inside}</w:{SORTS[name]}>" for name, inside in parts.items()
    }
    return packed(package)


def packed(package: dict[str, str | bytes]) -> bytes:
    """A zip file with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in package.items():
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str) -> str:
    """A paragraph of runs, or of texts."""
    return f"<w:p>{''.join(each if each.startswith('<') else run(each) for each in inside)}</w:p>"


def text_box(*paragraphs: str) -> str:
    """A run with a text box, as Word writes it for programs of today and for older ones."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(code: str, *result: str) -> str:
    """A field with its code and its last result."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
    return f"{begin}{code}{separate}{''.join(result)}{end}"


def saved(folder: Path, content: bytes, name: str = "draft.docx") -> Path:
    """The bytes as a file."""
    (folder / name).write_bytes(content)
    return folder / name
