"""Doublings: which ratios may be called 翻N番 or 翻了近N番, and which such statements hold."""

from decimal import Decimal

# Said of a ratio r = new / old: 翻N番 up to 15 % above 2^N, 翻了近N番 from 10 % below it. House conventions, measured
# on r itself and not on its exponent.
EXCESS = Decimal("1.15")
SHORTFALL = Decimal("0.9")
# A statement of 翻N番 holds up to one and a half times 2^N; beyond that it says too little.
TOO_LITTLE = Decimal("1.5")
# Beyond 翻六番 (64 times) nobody counts in doublings, and the catalogues have no words.
MOST = 6


def doublings(ratio: Decimal) -> tuple[str, int] | None:
    """(`doublings` or `nearly_doublings`, N) when the wording rules allow it for this ratio, else None."""
    for count in range(1, MOST + 1):
        full = Decimal(2) ** count
        if full <= ratio <= full * EXCESS:
            return "doublings", count
        if full * SHORTFALL <= ratio < full:
            return "nearly_doublings", count
    return None


def claimed_range(count: Decimal, qualifier: str | None) -> tuple[Decimal, Decimal]:
    """The ratios, from the first up to but not including the second, for which 翻N番, near, above or below it, holds.

    翻了一番多 and 翻了不到两番 are both said of what is between two and four times.
    """
    full = Decimal(2) ** count
    ranges = {"near": (full * SHORTFALL, full), "above": (full, full * 2), "below": (full / 2, full)}
    return ranges.get(qualifier, (full, full * TOO_LITTLE))
