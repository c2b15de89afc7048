"""YAML files of the user's making: keys with values, read so that whatever is wrong is a fault with its place."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import yaml

from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import not_text, read_text

# Ours have three levels. Readers of YAML call themselves for each, and some hundreds end the whole program.
MOST_LEVELS = 20
# All that one project has: schemas, catalogues, grammars, recipes.
MOST_KEPT = 32
# What the constructors of typed values raise for 2023-99-99, !!int x, !!bool x and !!timestamp x.
NO_VALUE = (ValueError, LookupError, AttributeError)


class ScalarLoader(yaml.BaseLoader):
    """Resolves no tags: every scalar stays the text it is, without blanks around it."""

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        """The text of a scalar; blanks around it say nothing, as in the cells of tables."""
        return super().construct_scalar(node).strip()


def _no_faults(_: dict) -> Iterable[Fault]:
    return ()


def read_yaml(path: Path, shown: str, faults_of: Callable[[dict], Iterable[Fault]] = _no_faults) -> dict:
    """The keys and values of a YAML file; raises Faults when it holds anything else, or for what `faults_of` finds.

    A content that was found good is not looked through again, in this process or any that is forked from it:
    `faults_of` is a function of a module, and asks nothing but the content.
    """
    return pickle.loads(_read(read_text(path, shown), shown, faults_of))


@lru_cache(MOST_KEPT)
def _read(source: str, shown: str, faults_of: Callable[[dict], Iterable[Fault]]) -> bytes:
    """What a content says, pickled: each who asks has a copy of his own."""
    with faults_of_yaml(shown):
        require_plain(source, shown)
        try:
            tree = yaml.load(source, Loader=yaml.CSafeLoader)
        except NO_VALUE:
            raise Faults([Fault(shown, 0, "", "a value of another form than its tag says", "YAML")]) from None
    if not isinstance(tree, dict):
        raise Faults([Fault(shown, 0, "", "nothing" if tree is None else quoted(tree), "keys with values")])
    if faults := list(faults_of(tree)):
        raise Faults(faults)
    return pickle.dumps(tree)


def read_scalars(source: str, shown: str) -> tuple[object, yaml.Node | None]:
    """What YAML holds with every scalar as text, and where it stands; raises Faults when it is none."""
    with faults_of_yaml(shown):
        require_plain(source, shown)
        loader = ScalarLoader(source)
        root = loader.get_single_node()
        return (None if root is None else loader.construct_document(root)), root


@contextmanager
def faults_of_yaml(shown: str) -> Iterator[None]:
    """Turns what the reader of YAML cannot read into a fault of the file."""
    try:
        yield
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found = f"text that cannot be read ({getattr(error, 'problem', None) or 'no reason known'})"
        raise Faults([Fault(shown, mark.line + 1 if mark else 0, "", found, "YAML")]) from None


def require_plain(source: str, shown: str) -> None:
    """Refuses what grows beyond measure as it is read, and what an escape would bring into a text."""
    scalars: dict[str, bool] = {}
    levels = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            # Lists of references to lists of references: ten lines for as many values as there are atoms.
            if not scalars.get(event.anchor, True):
                found = f"a reference to several values at once {quoted('*' + event.anchor)}"
                raise Faults([Fault(shown, line, "", found, "each value written out")])
        elif isinstance(event, yaml.NodeEvent):
            scalars[event.anchor] = isinstance(event, yaml.ScalarEvent)
        if isinstance(event, yaml.CollectionStartEvent):
            levels += 1
            if levels > MOST_LEVELS:
                raise Faults([Fault(shown, line, "", "values within values", f"at most {MOST_LEVELS} levels")])
        elif isinstance(event, yaml.CollectionEndEvent):
            levels -= 1
        elif isinstance(event, yaml.ScalarEvent) and (found := not_text(event.value.strip())):
            raise Faults([Fault(shown, line, "", found, "plain text")])
