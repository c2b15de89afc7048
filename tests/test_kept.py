"""Answers that are worked out once for each question."""

from dataclasses import dataclass, field

from diaoyan.kept import kept, kept_by_content


@dataclass(frozen=True)
class Sums:
    """Adds, and notes what it was asked for; holding a list, it cannot be hashed."""

    asked: list = field(default_factory=list)

    @kept
    def sum(self, one, other):
        self.asked.append((one, other))
        return one + other

    @kept
    def nothing(self):
        self.asked.append(())


def test_a_question_is_worked_out_once_and_another_anew():
    sums = Sums()
    assert [sums.sum(1, 2), sums.sum(1, 2), sums.sum(2, 2)] == [3, 3, 4]
    assert sums.asked == [(1, 2), (2, 2)]


def test_an_answer_of_nothing_is_an_answer():
    sums = Sums()
    assert [sums.nothing(), sums.nothing()] == [None, None]
    assert sums.asked == [()]


def test_each_object_has_its_own_answers():
    first, second = Sums(), Sums()
    assert (first.sum(1, 2), second.sum(1, 2)) == (3, 3)
    assert first.asked == second.asked == [(1, 2)]


def test_what_is_kept_by_content_is_worked_out_once_for_each_content_and_forgets_the_oldest():
    asked = []

    @kept_by_content(2)
    def length(words):
        asked.append(words)
        return len(words)

    given = ["a"]
    assert [length(given), length(["a"])] == [1, 1]
    given.append("b")
    assert length(given) == 2
    assert asked == [["a"], ["a", "b"]]
    assert [length([]), length(["a"])] == [0, 1]
    assert asked == [["a"], ["a", "b"], [], ["a"]]
