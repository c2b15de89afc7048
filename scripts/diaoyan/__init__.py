"""Regenerates a city's investigation report on science and technology from tables."""


def proofread(text: str, lang: str = "zh"):
    """Checks the arithmetic of a text; a notebook shows the text with what was found in it."""
    # Whoever imports the package for something else need not wait for what this takes.
    from diaoyan.proofread_display import ProofreadText

    return ProofreadText(text, lang)
