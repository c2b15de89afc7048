"""What a build makes of each edition in each language, by the name it is asked for by: the files that tell of it."""

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


def published_languages(edition: str) -> list[str]:
    """The languages in which the site has the edition's book as pages."""
    return sorted(path.parent.name for path in SITE.glob(f"{edition}/*/index.html"))
