"""What a build makes of each edition in each language, by the name it is asked for by: the files that tell of it."""

from pathlib import Path

from diaoyan.paths import SITE

PRODUCTS = {
    "html": (
        "_build/books/{edition}/{lang}/built.txt",
        "_build/audits/{edition}/{lang}/audit.json",
        "_build/workbooks/{edition}/{lang}/data.xlsx",
    ),
    "pdf": ("_build/print/{edition}/{lang}/printed.txt",),
    "official": ("_build/official/{edition}/{lang}/record.txt",),
}
# Files that are a product by themselves; all others of a book are its pages and what belongs to them.
SINGLE_FILES = {"pdf": ("report.pdf",), "official": ("official.docx", "official.pdf")}


def product_files(book: Path, product: str) -> list[Path]:
    """The files of a product in the folder of a published book."""
    single = [name for names in SINGLE_FILES.values() for name in names]
    found = sorted(path for path in book.rglob("*") if path.is_file())
    names = {path: path.relative_to(book).as_posix() for path in found}
    if product in SINGLE_FILES:
        return [path for path in found if names[path] in SINGLE_FILES[product]]
    return [path for path in found if names[path] not in single]


def published_editions() -> list[str]:
    """The editions of which the site has any book."""
    return sorted(path.parent.name for path in SITE.glob("*/manifest.json"))


def published_languages(edition: str) -> list[str]:
    """The languages in which the site has the edition's book as pages."""
    return sorted(path.parent.name for path in SITE.glob(f"{edition}/*/index.html"))
