"""Slips in the digits of a number: two exchanged, or one another."""

from decimal import Decimal

# Fewer digits are the same in another order by chance.
LEAST_DIGITS = 4


def are_exchanged(first: Decimal, second: Decimal) -> bool:
    """Whether two numbers of four digits or more, the point among them, differ in two digits that changed places."""
    left, right = str(first), str(second)
    return len(left) >= LEAST_DIGITS and _differences(left, right) == "exchanged"


def is_slip(first: Decimal, second: Decimal) -> bool:
    """Whether two numbers are as they are by a slip of the pen: alike but for two digits exchanged, or one another."""
    return _differences(str(first), str(second)) in ("exchanged", "one", "none")


def _differences(left: str, right: str) -> str:
    """In what two numbers as printed differ: `none`, `one` digit, two that are `exchanged`, or `more`."""
    if len(left) != len(right) or left.find(".") != right.find("."):
        return "more"
    pairs = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    if len(pairs) == 2:
        return "exchanged" if pairs[0] == pairs[1][::-1] else "more"
    return ("none", "one")[len(pairs)] if len(pairs) < 2 else "more"


def digits(number: Decimal) -> str:
    """The digits of a number as it is printed."""
    return str(number).replace(".", "")


def rests(number: Decimal) -> list[str]:
    """What two numbers have in common that differ by a slip: all digits in any order, or all but one."""
    own = digits(number)
    return ["".join(sorted(own)), *(f"{own[:place]}_{own[place + 1 :]}" for place in range(len(own)))]
