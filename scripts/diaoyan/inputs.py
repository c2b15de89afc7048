"""What each step of the build is made from: files, and a digest of their content."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from diaoyan.catalogue import languages
from diaoyan.chapter_reads import READS_FILE, reads_of
from diaoyan.edition_folders import edition_folder, known_ids
from diaoyan.faults import Faults
from diaoyan.files import LARGEST_TEXT, not_text, read_text
from diaoyan.paths import DATA, ROOT
from diaoyan.schema import read_schema, table_paths
from diaoyan.text_files import chapters_in, text_file, text_language
from diaoyan.yaml_files import require_plain

PACKAGE = Path(__file__).parent
LOCK = ROOT / "requirements.lock"
TOC = "_toc.yml"
SITE_TEMPLATES = (
    "index.html",
    "downloads.html",
    "compare.html",
    "made.html",
    "site_head.html",
    "site_ways.html",
    "site.css",
)
# The modules that make a book of executed chapters.
BOOK_CODE = ("book", "jupyter_book_command", "sphinx_extension")
# Two hundred modules are looked through in a hundredth of the time that parsing them takes.
IMPORT = re.compile(r"^ *from (diaoyan[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)
PICTURES = {".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp"}


def chapter_names() -> list[str]:
    """All chapters in reading order, as `_toc.yml` gives them."""
    return list(_names_in(ROOT / TOC))


@cache
def _names_in(path: Path) -> tuple[str, ...]:
    toc = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries = [entry for part in [toc, *toc.get("parts", [])] for entry in part.get("chapters", [])]
    return tuple(Path(file).name for file in (toc["root"], *(entry["file"] for entry in entries)))


def chapters_of(particulars: Mapping) -> list[str]:
    """The chapters of the book of an edition: those that its edition.yml names, or all."""
    chosen = particulars.get("chapters")
    return [name for name in chapter_names() if not isinstance(chosen, list) or name in chosen]


def particulars_of(edition: str) -> dict:
    """What edition.yml says, for what has to be known of an edition before it is checked.

    A file that cannot be read says nothing; why it cannot is for the check to tell.
    """
    path = edition_folder(edition) / "edition.yml"
    try:
        source = read_text(path, path.name, LARGEST_TEXT)
        require_plain(source, path.name)
        told = yaml.load(source, Loader=yaml.CBaseLoader)
    except (Faults, yaml.YAMLError):
        told = {}
    return told if isinstance(told, dict) else {}


def chapter_file(chapter: str) -> str:
    """Where a chapter is."""
    return f"chapters/{chapter}.ipynb"


def chapter_pictures() -> list[Path]:
    """The pictures that lie beside the chapters, for cells written by hand."""
    return [path for path in _files_of(ROOT / "chapters") if path.suffix.lower() in PICTURES]


@cache
def chapter_inputs(edition: str, language: str, chapter: str) -> list[str]:
    """What a chapter is executed from: the tables and texts that it declares, words of the book, and code."""
    reads, own, schema = reads_of(chapter), edition_folder(edition), _schema()
    tables = {path for name in reads.tables for path in table_paths(schema[name], DATA, own) if path.is_file()}
    words = _all_words(edition, language) if reads.all_texts else _words_of(edition, language, frozenset([chapter]))
    shapes = (own / "edition.yml", DATA / "schema.yml", DATA / "edition.schema.yml", ROOT / READS_FILE, ROOT / TOC)
    grammars = _files_of(DATA / "grammar") if reads.grammars else []
    return _shown([*tables, *words, *grammars, *shapes, *code_behind("execute", "report"), LOCK])


@cache
def _all_words(edition: str, language: str) -> frozenset[Path]:
    """The texts of all chapters and the catalogues of the languages that these are in."""
    own = edition_folder(edition)
    written = {*chapter_names(), *chapters_in(own, language), *chapters_in(DATA, language)}
    return _words_of(edition, language, frozenset(written))


@cache
def _words_of(edition: str, language: str, chapters: frozenset[str]) -> frozenset[Path]:
    """The texts of chapters and the catalogues of the languages that these are in."""
    own = edition_folder(edition)
    texts = (text_file(DATA, own, language, chapter) for chapter in chapters)
    spoken = {language, *(text_language(DATA, own, language, chapter) for chapter in chapters)}
    catalogues = (DATA / "catalogue" / f"{each}.yml" for each in spoken)
    return frozenset([*(path for path in texts if path.is_file()), *catalogues])


@cache
def edition_inputs(edition: str, language: str) -> list[str]:
    """All that an edition says in a language: its tables, texts and words, and those it shares."""
    return _shown({*_data_for(edition, language), *_all_words(edition, language), ROOT / TOC, LOCK})


def checked_inputs(edition: str) -> list[str]:
    """What an edition is checked with, in all languages."""
    data = {path for language in languages(DATA) for path in _data_for(edition, language)}
    return _shown([*data, ROOT / TOC, *code_behind("checking"), LOCK])


def audit_inputs(edition: str, language: str) -> list[str]:
    """What the claims are audited from."""
    return sorted({*edition_inputs(edition, language), *_shown(code_behind("cli"))})


def workbook_inputs(edition: str, language: str) -> list[str]:
    """What the tables are written into a workbook from."""
    return sorted({*edition_inputs(edition, language), *_shown(code_behind("data_workbook"))})


def book_inputs(edition: str, language: str) -> list[str]:
    """What makes a book out of executed chapters."""
    return _shown(
        [
            ROOT / "_config.yml",
            ROOT / TOC,
            edition_folder(edition) / "edition.yml",
            DATA / "catalogue" / f"{language}.yml",
            # Pages tell machines of their sources, indicators and years.
            *(path for path in _data_for(edition, language) if path.suffix == ".csv"),
            *code_behind(*BOOK_CODE),
            *chapter_pictures(),
            *_files_of(PACKAGE / "static"),
            *_files_of(PACKAGE / "templates" / "book"),
            LOCK,
        ]
    )


def link_inputs() -> list[str]:
    """What links the files that go with a book into its first page, once it is known which there are."""
    return _shown([*code_behind("downloads"), PACKAGE / "templates" / "downloads.html"])


def about_inputs() -> list[str]:
    """What tells how an edition was made."""
    templates = (PACKAGE / "templates" / name for name in ("made.html", "site_head.html", "site_ways.html", "site.css"))
    return _shown([*code_behind("provenance"), *templates])


def print_inputs(edition: str, language: str) -> list[str]:
    """What makes a printed book out of executed chapters."""
    style = PACKAGE / "templates" / "diaoyanprint.sty"
    return sorted({*book_inputs(edition, language), *_shown([style, *code_behind("print_book")])})


def official_inputs(edition: str, language: str) -> list[str]:
    """What makes the formal document out of executed chapters; the texts tell where a fault is."""
    own = edition_folder(edition)
    return _shown(
        [
            own / "edition.yml",
            DATA / "edition.schema.yml",
            DATA / "catalogue" / f"{language}.yml",
            *_files_of(own / "text" / language),
            *code_behind("official"),
            *_files_of(PACKAGE / "templates" / "official"),
            LOCK,
        ]
    )


def all_inputs() -> list[Path]:
    """Everything that any step of any build is made from."""
    folders = (path for name in ("chapters", "data", "scripts") for path in _files_of(ROOT / name))
    code = (path for path in folders if path.suffix != ".pyc")
    return [*code, *(ROOT / name for name in ("Snakefile", "_config.yml", TOC)), LOCK]


def site_inputs() -> list[str]:
    """What the page of all editions, and the pages that compare them, are made from beside their tables and texts."""
    particulars = (edition_folder(edition) / "edition.yml" for edition in known_ids())
    templates = (PACKAGE / "templates" / name for name in SITE_TEMPLATES)
    return _shown([*particulars, *code_behind("site"), *templates])


def compared_inputs(editions: Iterable[str], languages: Iterable[str]) -> list[str]:
    """The tables, texts and words that tell in what editions differ."""
    found = {path for edition in editions for language in languages for path in _data_for(edition, language)}
    return _shown(found)


@cache
def code_behind(*modules: str) -> frozenset[Path]:
    """The package's modules that the named ones import, directly or not, and themselves."""
    found: set[Path] = set()
    waiting = [PACKAGE / f"{name}.py" for name in modules]
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        waiting += _imported_by(path)
    return frozenset(found)


@cache
def _imported_by(path: Path) -> list[Path]:
    """What may be modules of the package among the names that a module imports."""
    names = []
    for module, imported in IMPORT.findall(path.read_text(encoding="utf-8")):
        names += [module, *(f"{module}.{name}" for name in re.findall(r"\w+", imported))]
    return [PACKAGE / f"{name.partition('.')[2]}.py" for name in names]


def digest(files: Iterable[str | Path]) -> str:
    """A digest of names and content; neither time nor size plays a part."""
    # What ends a name sorts before all that names are made of.
    lines = sorted(_line_of(ROOT, file) for file in files)
    return hashlib.sha256(b"".join(lines)).hexdigest()


@cache
def source_digest(chapter: str) -> str:
    """A digest of what a chapter says to do; the outputs stored with it are made anew anyway."""
    content = (ROOT / chapter_file(chapter)).read_bytes()
    try:
        cells = [(cell["cell_type"], cell["source"], cell["metadata"]) for cell in json.loads(content)["cells"]]
        content = json.dumps(cells, sort_keys=True).encode()
    except (ValueError, KeyError, TypeError):
        # No notebook: its execution will say so.
        pass
    return hashlib.sha256(content).hexdigest()


@cache
def _schema() -> dict:
    return read_schema(DATA)


@cache
def _line_of(root: Path, file: str | Path) -> bytes:
    """The name of a file below the root with a digest of its content, as it was when first asked for."""
    path = root / file
    content = "missing"
    if path.is_file():
        with path.open("rb") as opened:
            content = hashlib.file_digest(opened, "sha256").hexdigest()
    return f"{_name(root, path)}\0{content}\n".encode()


@cache
def _data_for(edition: str, language: str) -> tuple[Path, ...]:
    """Shared tables and words and those of the edition, in the language."""
    own = (path for path in _files_of(edition_folder(edition)) if _serves(path, language))
    return (*_shared_data(language), *own)


@cache
def _shared_data(language: str) -> tuple[Path, ...]:
    others = (DATA / "editions", DATA / "recipes")
    shared = (path for path in _files_of(DATA) if not any(path.is_relative_to(folder) for folder in others))
    return tuple(path for path in shared if _serves(path, language))


def _serves(path: Path, language: str) -> bool:
    """Whether a file of words is of this language; tables serve every language."""
    if path.parent.name == "catalogue":
        return path.stem == language
    return path.parent.parent.name != "text" or path.parent.name == language


def _is_stray(path: Path) -> bool:
    """Whether a file was left by an editor or a file manager, Excel's lock file among them."""
    return path.name.startswith((".", "~")) or path.name.endswith("~")


def _files_of(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_stray(path))
    # Nothing is asked for by a name that cannot be written, such as one that was unpacked in another encoding.
    return [path for path in found if not not_text(path.relative_to(folder).as_posix())]


def _shown(paths: Iterable[Path]) -> list[str]:
    return sorted(_name(ROOT, path) for path in paths)


@cache
def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
