"""The particulars of an edition as entries of `edition.yml`, changed in place: comments and other entries stay."""

import json
import re
from pathlib import Path

import yaml

from diaoyan.faults import Fault, Faults
from diaoyan.files import LARGEST_TEXT, read_text
from diaoyan.yaml_files import read_scalars

Value = str | list[str] | dict[str, str]
NAME = re.compile(r"[a-z]+(-[a-z]+)*")


def read_particulars(path: Path, shown: str) -> dict[str, Value]:
    """The entries of the file, every scalar as text; raises Faults when it is no such file."""
    found, _ = read_scalars(read_text(path, shown, LARGEST_TEXT), shown)
    if not isinstance(found, dict):
        raise Faults([Fault(shown, 0, "", "no keys", "keys with values")])
    return found


def with_particulars(source: str, wanted: dict[str, Value]) -> str:
    """The text of `edition.yml` with exactly the wanted entries; those that stay the same are not touched."""
    current, root = read_scalars(source, "")
    lines = source.splitlines(keepends=True)
    kept, written, above = [], set(), 0
    for key, value in root.value:
        first, last = key.start_mark.line, _end(value, key)
        name = key.value
        comment, own = lines[above:first], lines[first:last]
        above = last
        if name not in wanted:
            continue
        written.add(name)
        kept += comment + (own if current[name] == wanted[name] else [_entry(name, wanted[name])])
    kept += lines[above:]
    kept += [_entry(name, value) for name, value in wanted.items() if name not in written]
    return "".join(kept)


def _end(value: yaml.Node, key: yaml.Node) -> int:
    """The line after an entry; a block ends where the next thing begins, comments and blank lines apart."""
    last = max(key.end_mark.line, _last_line(value))
    return last + 1


def _last_line(node: yaml.Node) -> int:
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        return max(_last_line(value) for _, value in node.value)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return max(_last_line(value) for value in node.value)
    # A block of text ends at the start of the line after it.
    return node.end_mark.line - (node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line)


def _entry(name: str, value: Value) -> str:
    if isinstance(value, dict):
        return "".join([f"{name}:\n", *(f"  {language}: {_scalar(text)}\n" for language, text in value.items())])
    if isinstance(value, list):
        return f"{name}: [{', '.join(each if NAME.fullmatch(each) else _quoted(each) for each in value)}]\n"
    return f"{name}: {_scalar(value)}\n"


def _scalar(text: str) -> str:
    """The text as YAML: plain where every reader takes it for this text or this whole number, else in quotes."""
    try:
        is_plain = str(yaml.safe_load(f"k: {text}")["k"]) == text and "\n" not in text
        is_day = not isinstance(yaml.safe_load(f"k: {text}")["k"], (str, int))
    except (yaml.YAMLError, TypeError, LookupError, ValueError):
        return _quoted(text)
    return text if is_plain and not is_day else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if "\n" in text else "'" + text.replace("'", "''") + "'"
