"""Chinese in the book's search: page and query are cut alike, into pairs of neighbouring characters.

A dictionary cuts a query otherwise than the sentence it stands in, and then finds nothing; pairs
find every run of two characters or more, names that no dictionary knows included.
"""

import re
from pathlib import Path

import snowballstemmer
from sphinx.search import SearchLanguage
from sphinx.search.en import english_stopwords, js_porter_stemmer

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
TERM = re.compile(rf"({HAN}+)|((?:(?!{HAN})[^\W_]|&)+)")
SPLITTER = Path(__file__).parent / "static" / "split_query.js"


class ChineseSearch(SearchLanguage):
    """Indexes Chinese by pairs of characters and Latin words by their stems."""

    lang = "zh"
    language_name = "Chinese"
    stopwords = english_stopwords
    js_stemmer_code = js_porter_stemmer
    js_splitter_code = SPLITTER.read_text(encoding="utf-8")

    def init(self, options: dict) -> None:
        """Makes the stemmer of the Latin words."""
        self.stemmer = snowballstemmer.stemmer("porter")

    def split(self, input: str) -> list[str]:
        """The terms of a text: pairs of Chinese characters, and words."""
        terms = []
        for chinese, word in TERM.findall(input):
            terms += [word] if word else pairs(chinese)
        return terms

    def word_filter(self, stemmed_word: str) -> bool:
        """Whether to index the term; single letters and characters find everything, so nothing."""
        return len(stemmed_word) > 1 and stemmed_word not in self.stopwords

    def stem(self, word: str) -> str:
        """The stem of a Latin word; Chinese is returned as it is."""
        return self.stemmer.stemWord(word.lower())


def pairs(chinese: str) -> list[str]:
    """Each two neighbouring characters; a single one stands for itself."""
    return [chinese[start : start + 2] for start in range(max(1, len(chinese) - 1))]
