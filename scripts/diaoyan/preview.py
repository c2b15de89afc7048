"""What a page tells machines of itself: its description, the card shown where it is shared, and schema.org's terms."""

import json
import posixpath
import re
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

from diaoyan.catalogue import Catalogue
from diaoyan.data_package import LICENCE
from diaoyan.edition import Edition
from diaoyan.furniture import Place, language_code, place_of, shown_edition
from diaoyan.preview_picture import HEIGHT, WIDTH, picture
from diaoyan.translations import localised

# Lengths that search engines and cards show whole, in characters; languages listed are written without spaces.
LONGEST_DESCRIPTION = {"zh": 110}
LONGEST_LATIN_DESCRIPTION = 200
SENTENCE_END = re.compile(r"[。！？；]|[.!?;](?=\s)")
# What ends a sentence.
STOPS = {"zh": "。"}
LOCALES = {"zh": "zh_CN", "en": "en_GB"}
DATA_FOLDER = "data"
PICTURE = "_static/preview.png"


def description_of(doctree: nodes.document, language: str) -> str:
    """The page's own first words, cut at the end of a sentence, else of a word."""
    longest = LONGEST_DESCRIPTION.get(language, LONGEST_LATIN_DESCRIPTION)
    between = "" if language in LONGEST_DESCRIPTION else " "
    words = ""
    for section in doctree.findall(nodes.section):
        for block in section.children:
            is_list = isinstance(block, nodes.bullet_list)
            for each in list(block.findall(nodes.paragraph)) if is_list else [block]:
                if isinstance(each, nodes.paragraph):
                    said = " ".join(each.astext().split())
                    # An item of a list may end without a stop.
                    stop = STOPS.get(language, ".") if is_list and said[-1:].isalnum() else ""
                    words = f"{words}{between}{said}{stop}".strip()
        if len(words) >= longest:
            break
    if len(words) <= longest:
        return words
    shown = words[: longest - 1]
    ends = [match.end() for match in SENTENCE_END.finditer(f"{shown} ")]
    if ends and ends[-1] >= longest // 2:
        return shown[: ends[-1]]
    if language not in LONGEST_DESCRIPTION:
        shown = shown.rpartition(" ")[0] or shown
    return f"{shown}…"


def card(title: str, description: str, site: str, page: str, place: Place) -> list[tuple[str, str]]:
    """The properties of the Open Graph protocol; those that need the site's address only where it is known."""
    properties = [
        ("og:type", "article"),
        ("og:title", title),
        ("og:description", description),
        ("og:site_name", site),
        ("og:locale", LOCALES.get(place.language, place.language)),
    ]
    others = [language for language in place.languages if language != place.language]
    properties += [("og:locale:alternate", LOCALES.get(other, other)) for other in others]
    if place.base_address:
        properties += [
            ("og:url", place.whole_address(page)),
            ("og:image", f"{place.base_address.rstrip('/')}/{PICTURE}"),
            ("og:image:width", str(WIDTH)),
            ("og:image:height", str(HEIGHT)),
        ]
    return properties


def report_terms(edition: Edition, words: Catalogue, title: str, description: str, book: str) -> dict:
    """The page as a schema.org Report of ours, not official; it rests on the original and the sources of its data."""
    language = words.language
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": title,
        "description": description,
        "inLanguage": language_code(language),
        "author": {"@type": "Organization", "name": words("site.title")},
        "creativeWorkStatus": words("site.not_official"),
        "temporalCoverage": f"{edition.meta['base_year']}/{edition.meta['report_year']}",
        "about": {"@type": "City", "name": _city(edition, language)},
        "isPartOf": {"@type": "Report", "name": book, "reportNumber": edition.id},
        "isBasedOn": [_source(row, language) for row in edition.tables["sources"]],
        "license": LICENCE["path"],
    }


def dataset_terms(edition: Edition, words: Catalogue, title: str, description: str, folder: str) -> dict:
    """The tables of the edition as a schema.org Dataset; `folder` is the address of the published tables, if any."""
    language = words.language
    indicators = edition.tables["indicators"].by_key()
    rows = list(edition.tables["observations"])
    used = dict.fromkeys(row["indicator"] for row in rows)
    # A target is no data of its year.
    years = sorted({row["period"][:4] for row in rows if row["qualifier"] != "target"})
    terms = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": description,
        "identifier": edition.id,
        "inLanguage": language_code(language),
        "creator": {"@type": "Organization", "name": words("site.title")},
        "creativeWorkStatus": words("site.not_official"),
        "temporalCoverage": f"{years[0]}/{years[-1]}",
        "spatialCoverage": {"@type": "City", "name": _city(edition, language)},
        "variableMeasured": [_variable(indicators[indicator], language) for indicator in used],
        "isBasedOn": [_source(row, language) for row in edition.tables["sources"]],
        "license": LICENCE["path"],
    }
    if folder:
        files = [(f"{name}.csv", "text/csv") for name in edition.tables]
        terms["distribution"] = [
            {"@type": "DataDownload", "name": name, "contentUrl": f"{folder}/{name}", "encodingFormat": form}
            for name, form in [("datapackage.json", "application/json"), *files]
        ]
    return terms


def script_of(terms: dict) -> str:
    """Terms as data in a page; a tag in one of the texts could end the element, so none is left."""
    content = json.dumps(terms, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{content}</script>'


def _city(edition: Edition, language: str) -> str:
    return edition.city_name(language)


def _source(row: dict, language: str) -> dict:
    source = {"@type": "CreativeWork", "name": localised(row, "title", language)}
    if localised(row, "publisher", language):
        source["publisher"] = {"@type": "Organization", "name": localised(row, "publisher", language)}
    # A span of years is when a series came out, which no single date is.
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", row["date"] or ""):
        source["datePublished"] = row["date"]
    return source | ({"url": row["url"]} if row["url"] else {})


def _variable(row: dict, language: str) -> dict:
    return {
        "@type": "PropertyValue",
        "name": localised(row, "name", language),
        "description": localised(row, "definition", language),
        "unitText": row["unit"],
    }


def describe(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Puts all of the above into the page's head."""
    words: Catalogue = app.builder.diaoyan_words
    edition: Edition | None = app.builder.diaoyan_edition
    place, book = place_of(app.config), context["docstitle"]
    if doctree is None:
        # Nothing to find or to share there.
        context["preview"] = '<meta name="robots" content="noindex">'
        return
    # Shared, the first page stands for the book.
    title = book if page == app.config.root_doc else app.env.titles[page].astext()
    said = description_of(doctree, place.language) or words("site.description")
    # Whoever sees no more than this has to know it too.
    description = words("furniture.marked", mark=words("site.not_official"), words=said)
    tags = [f'<meta name="description" content="{escape(description)}">']
    for name, value in card(title, description, book, page, place):
        tags.append(f'<meta property="{name}" content="{escape(value)}">')
    if place.base_address:
        tags.append(f'<link rel="canonical" href="{escape(place.whole_address(page))}">')
    if edition:
        tags.append(script_of(report_terms(edition, words, title, description, book)))
        if posixpath.basename(page) == app.config.diaoyan_data_page:
            folder = (
                posixpath.relpath(DATA_FOLDER, posixpath.dirname(f"{place.language}/{page}")) if place.languages else ""
            )
            if folder and place.base_address:
                folder = urljoin(place.whole_address(page), folder)
            tags.append(script_of(dataset_terms(edition, words, title, description, folder)))
    context["preview"] = "\n".join(tags)


def write_picture(app: Sphinx, error: Exception | None) -> None:
    """Draws the picture of the cards, where the site's address is known and they have one."""
    edition: Edition | None = getattr(app.builder, "diaoyan_edition", None)
    if error or not edition or not app.config.html_baseurl:
        return
    words: Catalogue = app.builder.diaoyan_words
    place = shown_edition(edition, words)["short_title"]
    title = edition.particular("title", words.language)
    path = Path(app.outdir, PICTURE)
    path.write_bytes(picture(title, place, words("site.not_official"), words.language))


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.connect("html-page-context", describe, priority=900)
    app.connect("build-finished", write_picture, priority=950)
