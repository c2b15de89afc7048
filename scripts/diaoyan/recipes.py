"""Recipes: editions that nobody keeps, made on request from a declared pattern and the shared tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema

from diaoyan.catalogue import languages
from diaoyan.edition_folders import EDITION_ID, edition_ids, made_editions, shown
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import read_text
from diaoyan.paths import DATA
from diaoyan.schema import read_schema
from diaoyan.yaml_files import read_yaml

RECIPE = "recipe.yml"
YEAR = {"type": "integer", "minimum": 1900, "maximum": 2199}
SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "level", "years"],
    "properties": {
        "id": {"type": "string"},
        "level": {"type": "string"},
        "years": {"type": "object", "required": ["first", "last"], "properties": {"first": YEAR, "last": YEAR}},
    },
}


def called(name: str, data: Path = DATA) -> list[str]:
    """The editions of a name on the command line: an edition itself, or `provinces` and `provinces/2023`, made anew.

    Raises Faults for a recipe that is none and a year it does not have; an unknown edition is found when it is loaded.
    """
    recipe, _, year = name.partition("/")
    folder = data / "recipes" / recipe
    if not recipe.isidentifier() or not folder.is_dir():
        return [name]
    return [make(folder, values, data) for values in _all_values(folder, year, data)]


def recipe_of(edition: str, data: Path = DATA) -> str:
    """The recipe that makes an edition of this id; empty where none does."""
    for path in sorted((data / "recipes").glob(f"*/{RECIPE}")):
        pattern = _declared(path.parent, data)["id"]
        if any(_filled(pattern, values) == edition for values in _all_values(path.parent, "", data)):
            return path.parent.name
    return ""


def make(folder: Path, values: dict[str, str], data: Path = DATA) -> str:
    """Makes the edition of a recipe for some values; gives its id. What is there already stays if it is the same."""
    edition = _filled(_declared(folder, data)["id"], values)
    # What its folder holds besides is removed, so it must be no folder elsewhere.
    if not EDITION_ID.fullmatch(edition):
        expected = "an id such as henan-2023 for every area and year"
        raise Faults([Fault(shown(folder / RECIPE, data), 0, "id", quoted(edition), expected)])
    if edition in edition_ids(data):
        found = f"the id {quoted(edition)} of a stored edition"
        raise Faults([Fault(shown(folder / RECIPE, data), 0, "id", found, "an id that no stored edition has")])
    target = made_editions(data) / edition
    target.mkdir(parents=True, exist_ok=True)
    wanted = [path for path in folder.iterdir() if path.name != RECIPE and path.is_file()]
    names = {path.name for path in wanted}
    for path in target.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in names:
            path.unlink()
    for path in wanted:
        text = _filled(read_text(path, shown(path, data)), values)
        made = target / path.name
        if not made.is_file() or made.read_text(encoding="utf-8") != text:
            made.write_text(text, encoding="utf-8", newline="\n")
    return edition


def _all_values(folder: Path, year: str, data: Path) -> Iterator[dict[str, str]]:
    """What stands for each name in angle brackets: for all areas of the level, and one year or all."""
    recipe = _declared(folder, data)
    years = [str(each) for each in range(recipe["years"]["first"], recipe["years"]["last"] + 1)]
    if year and year not in years:
        raise Faults([Fault(folder.name, 0, "", quoted(year), f"a year from {years[0]} to {years[-1]}")])
    # Which takes longer to load than to find that nothing has changed.
    from diaoyan.table_files import read_rows

    table = data / "areas.csv"
    rows = read_rows(table, shown(table, data), read_schema(data)["areas"], languages(data))
    areas = [row for row in rows if row["level"] == recipe["level"]]
    for each in [year] if year else years:
        for row in areas:
            names = {key: row[key] for key in row if key == "area" or key.startswith("name_")}
            yield names | {"year": each, "year_before": str(int(each) - 1), "year_after": str(int(each) + 1)}


def _declared(folder: Path, data: Path) -> dict:
    path = folder / RECIPE
    recipe = read_yaml(path, shown(path, data))
    for error in jsonschema.Draft202012Validator(SHAPE).iter_errors(recipe):
        place = ".".join(map(str, error.path))
        raise Faults([Fault(shown(path, data), 0, place, quoted(error.message), "a recipe: id, level, years")])
    return recipe


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text
