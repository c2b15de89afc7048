"""What TeX's log is taken to say: each fault with its chapter and section, and what is no fault."""

import pytest

from diaoyan.print_log import faults_in

LATEX = r"""\documentclass{report}
\newcommand{\diaoyantitle}{调研报告}
\begin{document}
\chapter{摘要}
\label{\detokenize{chapters/summary:summary}}\label{\detokenize{chapters/summary:id1}}\label{\detokenize{chapters/summary::doc}}
一家企业。
\section{主要情况}
\label{\detokenize{chapters/summary:summary-findings}}\label{\detokenize{chapters/summary:id2}}
第二家😀企业。\ref{nowhere}
\chapter{数据}
\label{\detokenize{chapters/data:data}}\label{\detokenize{chapters/data::doc}}
\begin{longtable}{p{10pt}}
一格
\end{longtable}
\sphinxincludegraphics{{chart-one-0a1b}.pdf}
最后。
\end{document}
"""


def test_a_character_without_a_font_is_named_with_its_code_and_section():
    log = 'Missing character: There is no 😀 (U+1F600) in font "TeX Gyre Termes/OT:script=latn"!'
    assert faults_in(log, LATEX) == [
        "summary: summary-findings: found the character 😀 (U+1F600), which no font of the book has; expected another"
    ]


def test_a_character_missing_in_a_heading_is_placed_in_the_chapter_it_opens():
    log = "Missing character: There is no 数 in font a!"
    assert faults_in(log, LATEX)[0].startswith("data: data: found the character 数 (U+6570)")


def test_a_character_that_is_missing_many_times_is_one_fault():
    log = "Missing character: There is no 😀 in font a!\nMissing character: There is no 😀 in font b!"
    assert len(faults_in(log, LATEX)) == 1


def test_a_character_missing_on_the_title_page_is_placed_there():
    log = "Missing character: There is no 调 in font a!"
    assert faults_in(log, LATEX)[0].startswith("title page: found the character 调 (U+8C03)")


@pytest.mark.parametrize(("points", "count"), [("2.99", 0), ("3.0", 0), ("3.01", 1), ("120.5", 1)])
def test_lines_wider_than_the_page_are_faults_from_three_points_on(points, count):
    log = rf"Overfull \hbox ({points}pt too wide) in paragraph at lines 8--9"
    assert len(faults_in(log, LATEX)) == count


def test_a_line_that_is_too_wide_is_told_from_a_table():
    line = r"Overfull \hbox (12.5pt too wide) in paragraph at lines 8--9"
    table = r"Overfull \hbox (12.5pt too wide) in alignment at lines 12--13"
    assert faults_in(f"{line}\n{table}", LATEX) == [
        "summary: summary-findings: found a line 12.5 pt too wide for the page, expected one that fits",
        "data: data: found a table 12.5 pt too wide for the page, expected one that fits",
    ]


def test_a_line_of_the_contents_is_not_taken_for_a_line_of_the_book():
    overfull = r"Overfull \hbox (12.5pt too wide) in paragraph at lines 8--9"
    log = f"[1] (./report.toc [2\n{overfull}\n\\tf@toc=\\write5\n{overfull}"
    assert [fault.split(":")[0] for fault in faults_in(log, LATEX)] == ["contents", "summary"]


def test_an_error_in_another_file_is_not_placed_by_its_line():
    log = "./diaoyanprint.sty:6: Undefined control sequence."
    assert faults_in(log, LATEX) == ["title page: found what TeX cannot set: Undefined control sequence."]


def test_an_anchor_that_is_there_twice_is_a_fault():
    log = "LaTeX Warning: Label `chapters/summary:summary-findings' multiply defined."
    assert faults_in(log, LATEX) == [
        "summary: summary-findings: found the anchor 'chapters/summary:summary-findings' twice, "
        "expected it once in the book"
    ]


def test_matter_higher_than_the_page_is_placed_by_the_page():
    log = "[1] [2\n]\n" + r"Overfull \vbox (33.0pt too high) has occurred while \output is active"
    assert faults_in(log, LATEX) == ["page 3: found matter 33.0 pt too high for the page, expected less"]


def test_a_reference_to_nothing_is_a_fault_and_another_run_to_settle_references_is_none():
    undefined = "LaTeX Warning: Reference `nowhere' on page 2 undefined on input line 9."
    rerun = "LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right."
    fonts = "LaTeX Font Warning: Font shape `TU/FandolHei-Regular(0)/m/it' undefined"
    assert faults_in(f"{undefined}\n{rerun}\n{fonts}", LATEX) == [
        "summary: summary-findings: found a reference to 'nowhere', expected one that is in the book"
    ]


def test_a_picture_that_is_missing_is_named():
    log = "./report.tex:15: LaTeX Error: File `chart-one-0a1b.pdf' not found."
    assert faults_in(log, LATEX) == ["data: data: found no file 'chart-one-0a1b.pdf', expected the picture"]


def test_an_error_of_tex_is_placed_by_its_line():
    log = "./report.tex:6: Undefined control sequence.\nl.6 \\nothing"
    assert faults_in(log, LATEX) == ["summary: summary: found what TeX cannot set: Undefined control sequence."]


def test_a_log_without_complaints_has_no_faults():
    log = "This is XeTeX\n(./report.tex\nLaTeX2e <2022-11-01>\nUnderfull \\hbox (badness 10000) at lines 8--9\n[1] )"
    assert faults_in(log, LATEX) == []
