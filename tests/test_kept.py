"""Answers that an object works out once for each question."""

from dataclasses import dataclass, field

from diaoyan.kept import kept


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
