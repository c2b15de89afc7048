"""Answers that are worked out once for each question."""

import pickle
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable)
Answer = TypeVar("Answer")


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


def kept_by_content(most: int) -> Callable[[Callable[[Any], Answer]], Callable[[Any], Answer]]:
    """A function of lists and dictionaries whose last answers are kept by what these say; nobody changes an answer."""

    def keeps(function: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
        answer_to = lru_cache(most)(lambda content: function(pickle.loads(content)))
        return wraps(function)(lambda question: answer_to(pickle.dumps(question)))

    return keeps
