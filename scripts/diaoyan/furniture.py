"""What stands around the text of every page: menus, language, colours, search, the foot of the page."""

import gettext
import posixpath
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import get_translator

from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.content_policy import content_policy
from diaoyan.edition import Edition
from diaoyan.made_page import address
from diaoyan.paths import DATA
from diaoyan.periods import show_period
from diaoyan.section_index import keep_sections, write_section_index

TEMPLATES = Path(__file__).parent / "templates" / "book"
# Sphinx's and the theme's, whose work is done without scripts or by our own, smaller ones.
LEFT_OUT_SCRIPTS = tuple(
    f"_static/{name}"
    for name in (
        "documentation_options.js",
        "doctools.js",
        "sphinx_highlight.js",
        "translations.js",
        "scripts/sphinx-book-theme.js",
    )
)
# Copied by Sphinx and the theme, asked for by no page; ten times as large as the book itself.
LEFT_OUT_FILES = (
    "scripts",
    "vendor",
    "images",
    "locales",
    "*.map",
    "styles/*.map",
    "styles/theme.css",
    "*.png",
    "basic.css",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    *(name.removeprefix("_static/") for name in LEFT_OUT_SCRIPTS),
    "language_data.js",
    "searchtools.js",
    "_sphinx_javascript_frameworks_compat.js",
    "jquery.js",
    "underscore.js",
)
# Words that Sphinx itself writes into pages, by their key in the catalogue.
SPHINX_WORDS = {
    "Link to this heading": "furniture.link_to.heading",
    "Link to this image": "furniture.link_to.image",
    "Link to this table": "furniture.link_to.table",
    "Link to this code": "furniture.link_to.code",
}
SEARCH_PAGE = "search"


@dataclass(frozen=True)
class Place:
    """A book's place among those of the site: its own language and those that the same page has, itself included."""

    language: str
    languages: tuple[str, ...]
    base_address: str

    def address(self, page: str, language: str) -> str:
        """The same page in a language: relative to the page, or whole where the site's address is known."""
        inside = posixpath.relpath(f"{language}/{page}.html", posixpath.dirname(f"{self.language}/{page}"))
        return urljoin(self.whole_address(page), inside) if self.base_address else inside

    def made_address(self, page: str) -> str:
        """Where the site tells how the page was made; empty for a book that is part of no site."""
        told = address(self.language, posixpath.basename(page))
        return posixpath.relpath(told, posixpath.dirname(f"{self.language}/{page}")) if self.languages else ""

    def whole_address(self, page: str) -> str:
        """A page's own address on the web."""
        return f"{self.base_address.rstrip('/')}/{page}.html"


class SphinxWords(gettext.NullTranslations):
    """The catalogue's words for those of Sphinx that it has no translation of."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = {message: words(key) for message, key in SPHINX_WORDS.items()}

    def gettext(self, message: str) -> str:
        """The words of a message; the message itself when the catalogue has none."""
        return self._words.get(message, message)


def language_of(config: Config) -> str:
    """The catalogue's name for the book's language."""
    return config.language.partition("_")[0]


def place_of(config: Config) -> Place:
    """Where the book stands in the site, if it is part of one."""
    return Place(language_of(config), tuple(config.diaoyan_site_languages), config.html_baseurl)


def use_templates(app: Sphinx, config: Config) -> None:
    """Puts our layout before the theme's."""
    if not config.diaoyan_print:
        config.templates_path.insert(0, str(TEMPLATES))


def prepare(app: Sphinx) -> None:
    """Loads words and edition once for all pages; leaves out the search that Sphinx has."""
    if app.builder.format != "html":
        return
    app.builder.search = False
    app.builder.diaoyan_sections = {}
    app.connect("doctree-resolved", keep_sections)
    words = load_catalogue(DATA, language_of(app.config))
    get_translator().add_fallback(SphinxWords(words))
    app.builder.diaoyan_words = words
    app.builder.diaoyan_edition = Edition.load(app.config.diaoyan_edition) if app.config.diaoyan_edition else None
    others = place_of(app.config).languages
    app.builder.diaoyan_languages = {each: load_catalogue(DATA, each)("language") for each in others}


def furnish(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Gives a page's template what it asks for beside the text."""
    words, place = app.builder.diaoyan_words, place_of(app.config)
    context["say"] = words
    context["policy"] = content_policy()
    context["left_out_scripts"] = LEFT_OUT_SCRIPTS
    context["chapters"] = [
        {"name": name, "title": app.env.titles[name].astext()} for name in chapters_of(app) if name in app.env.titles
    ]
    context["page_contents"] = context["generate_toc_html"]() if doctree is not None else ""
    context["alternatives"] = [
        {
            "code": language_code(language),
            "name": app.builder.diaoyan_languages[language],
            "address": place.address(page, language),
            "current": language == place.language,
        }
        for language in place.languages
        if len(place.languages) > 1
    ]
    context["reports_address"] = posixpath.relpath("index.html", f"edition/{place.language}/{posixpath.dirname(page)}")
    context["made_address"] = place.made_address(page)
    if not place.languages:
        context["reports_address"] = ""
    edition = app.builder.diaoyan_edition
    context["edition"] = edition and shown_edition(edition, words)


def shown_edition(edition: Edition, words: Catalogue) -> dict[str, str]:
    """What the foot of a page says of its edition; the date is the report's, never that of the build."""
    city = edition.city_name(words.language)
    return {
        "id": edition.id,
        # What a phone's bar has room for.
        "short_title": f"{city} {edition.meta['as_of'][:4]}",
        "body": edition.particular("body", words.language),
        "city": city,
        "date": edition.meta["as_of"],
        "date_words": show_period(edition.meta["as_of"], words),
        "newest": edition.newest_source_date,
        "newest_words": show_period(edition.newest_source_date, words),
    }


def language_code(language: str) -> str:
    """A language as pages name it."""
    return {"zh": "zh-CN"}.get(language, language)


def chapters_of(app: Sphinx) -> list[str]:
    """The pages of the book in reading order."""
    root = app.config.root_doc
    return [root, *app.env.toctree_includes.get(root, ())]


def collect_pages(app: Sphinx) -> list[tuple[str, dict, str]]:
    """The page of the search, with the index it reads."""
    written, folder = app.builder.diaoyan_sections, Path(app.outdir) / "_static"
    digest = write_section_index(app.env, written, chapters_of(app), folder)
    title = app.builder.diaoyan_words("furniture.search.do")
    return [(SEARCH_PAGE, {"title": title, "section_index_digest": digest}, "search.html")]


def leave_out_files(app: Sphinx, error: Exception | None) -> None:
    """Removes what was copied and no page asks for."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for path in [path for name in LEFT_OUT_FILES for path in static.glob(name)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            # It may have gone with its folder.
            path.unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_config_value("diaoyan_edition", "", "env", str)
    app.add_config_value("diaoyan_site_languages", [], "html", list)
    app.connect("config-inited", use_templates)
    app.connect("builder-inited", prepare)
    # After the theme, whose functions the templates use.
    app.connect("html-page-context", furnish, priority=900)
    app.connect("html-collect-pages", collect_pages)
    app.connect("build-finished", leave_out_files, priority=900)
    app.add_css_file("furniture.css", priority=900)
    app.add_js_file("furniture.js", loading_method="defer")
