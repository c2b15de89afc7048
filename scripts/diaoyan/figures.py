"""Charts as drawings and pictures, and as the files of a book."""

import hashlib
import json
from pathlib import Path

import vl_convert

from diaoyan import drawing, painter
from diaoyan.files import write_whole

DIGITS_OF_HASH = 12
# Pixels of a picture for each of the drawing.
SHARPNESS = 2


def write_svg(spec: dict, name: str, folder: Path) -> Path:
    """Draws a Vega-Lite specification into `folder`, once for each content."""
    content = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    # A new version of the library may draw differently.
    source = f"{vl_convert.__version__}\n{content}"
    digest = hashlib.sha256(source.encode()).hexdigest()[:DIGITS_OF_HASH]
    path = folder / f"{name}-{digest}.svg"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, draw(spec, digest))
    return path


def draw(spec: dict, prefix: str) -> str:
    """The SVG of a specification, its text real text; `prefix` makes its ids unique on a page."""
    return drawing.with_own_ids(painter.drawn(spec), prefix)


def picture(spec: dict) -> bytes:
    """The PNG of a specification, as large as its drawing, for places that show no Vega-Lite."""
    return painter.painted(painter.drawn(spec), 1)


def keep(spec: dict, table: dict, svg: Path) -> None:
    """Keeps beside a drawing what it was drawn from: the specification and the table of its figures."""
    kept = {"specification": spec, "table": table}
    path, content = svg.with_suffix(".json"), json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    # The drawing's name stands for its specification alone.
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        write_whole(path, content)


def kept_beside(svg: Path) -> tuple[dict, dict]:
    """The specification and the table kept beside a drawing."""
    found = json.loads(svg.with_suffix(".json").read_text(encoding="utf-8"))
    return found["specification"], found["table"]


def write_png(svg: Path) -> Path:
    """The drawing as a picture beside it, sharp enough for slides."""
    path = svg.with_suffix(".png")
    write_whole(path, painter.painted(svg.read_text(encoding="utf-8"), SHARPNESS))
    return path


def write_pdf(svg: Path, pdf: Path) -> None:
    """The drawing as a vector PDF with its fonts in it, the same bytes each time."""
    pdf.write_bytes(drawing.printed(svg.read_text(encoding="utf-8")))
