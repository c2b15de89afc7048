"""Slips in the digits of a number: two exchanged, or one another."""

from decimal import Decimal

# Fewer digits are the same in another order by chance.
LEAST_DIGITS = 4


def are_exchanged(first: Decimal, second: Decimal) -> bool:
    """Whether two numbers of four digits or more have the same digits in another order."""
    left, right = str(first), str(second)
    return len(left) >= LEAST_DIGITS and left != right and sorted(left) == sorted(right)


def is_slip(first: Decimal, second: Decimal) -> bool:
    """Whether the digits of two numbers differ as they do by a slip: two exchanged, or one another."""
    left, right = digits(first), digits(second)
    if len(left) != len(right):
        return False
    return sorted(left) == sorted(right) or sum(one != other for one, other in zip(left, right, strict=True)) <= 1


def digits(number: Decimal) -> str:
    """The digits of a number as it is printed."""
    return str(number).replace(".", "")


def rests(number: Decimal) -> list[str]:
    """What two numbers have in common that differ by a slip: all digits in any order, or all but one."""
    own = digits(number)
    return ["".join(sorted(own)), *(f"{own[:place]}_{own[place + 1 :]}" for place in range(len(own)))]
