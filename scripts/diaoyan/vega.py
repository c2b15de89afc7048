"""Vega, which brings the charts of pages to life, with all it needs in one script: `python -m diaoyan.vega FILE`."""

import sys
from pathlib import Path

import vl_convert

from diaoyan.stock import from_stock


def write_vega(path: Path) -> None:
    """The script, written only when it changes; raises OSError."""
    # In a scope of its own: the bundle's short names are those of other scripts of the page too.
    script = f"(() => {{{_bundle()}}})();\n"
    if not path.exists() or path.read_text(encoding="utf-8") != script:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script, encoding="utf-8", newline="\n")


def _bundle() -> str:
    """Vega as the library bundles it: two seconds of work, done once for all books of a version."""
    return from_stock(
        ".js", f"Vega of {vl_convert.__version__}", lambda: vl_convert.javascript_bundle().encode()
    ).decode()


if __name__ == "__main__":
    write_vega(Path(sys.argv[1]))
