"""Trends: the yearly values of a figure as a tiny drawing, straight from point to point, from a base of zero."""

from decimal import Decimal

WIDTH, HEIGHT, EDGE = 72, 32, 4


def trend_svg(points: list[tuple[int, Decimal]]) -> str:
    """The drawing for a page: a dot for every value known and nothing made up between them; words say the same."""
    years, values = zip(*points, strict=True)
    lowest, highest = min(0, *values), max(0, *values)
    # All values zero: a flat line at the foot.
    across, up = years[-1] - years[0], (highest - lowest) or 1
    places = [
        (
            EDGE + Decimal(WIDTH - 2 * EDGE) * (year - years[0]) / across,
            HEIGHT - EDGE - Decimal(HEIGHT - 2 * EDGE) * (value - lowest) / up,
        )
        for year, value in points
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places)
    head = f'<svg class="diaoyan-trend" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'{head} aria-hidden="true" focusable="false"><polyline points="{line}"/>{dots}</svg>'
