"""Answers that an object works out once for each question."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Method = TypeVar("Method", bound=Callable)


def kept(method: Method) -> Method:
    """A method whose answers are kept with their object, as `cached_property` keeps that of a property.

    `functools.cache` would ask for objects that can be hashed, and keep these for ever.
    """
    name = f"_kept_{method.__name__}"

    @wraps(method)
    def answer(self, *question):
        answers = self.__dict__.setdefault(name, {})
        if question not in answers:
            answers[question] = method(self, *question)
        return answers[question]

    return answer
