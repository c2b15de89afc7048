"""Faults in the particulars of an edition: each is one line with its key."""

import pytest

REQUIRED = "id, city, title, body, as_of, base_year, report_year, peers, source"
KEYS = (
    "id, city, title, body, addressee, meeting, document_number, as_of, base_year, report_year, peers, source, "
    "chapters, printed, printed_by, signed_by, proof_read_by, led_by"
)
DATE = "a day or a month such as 2023-10-26, 2023-10"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("city: anyang\n", "", f"…/edition.yml: found no city, expected all of {REQUIRED}"),
        (
            "city: anyang\n",
            "city: Anyang\n",
            "…/edition.yml:4:city: found 'Anyang', expected an id of small letters and hyphens",
        ),
        ("city: anyang\n", "city: kaifeng\n", "…/edition.yml:4:city: found 'kaifeng', expected a row of areas"),
        (
            "city: anyang\n",
            "city: anyang\nmayor: nobody\n",
            f"…/edition.yml: found an unknown key 'mayor', expected one of {KEYS}",
        ),
        (
            "'2023-10-26'",
            "2023-10-46",
            f"…/edition.yml:24:as_of: found '2023-10-46', expected {DATE}",
        ),
        (
            "'2023-10-26'",
            "26.10.2023",
            f"…/edition.yml:24:as_of: found '26.10.2023', expected {DATE}",
        ),
        (
            "base_year: 2018",
            "base_year: last",
            "…/edition.yml:26:base_year: found 'last', expected a year such as 2022",
        ),
        (
            "as_of: '2023-10-26'",
            "as_of: '2023-09-31'",
            "…/edition.yml:24:as_of: found '2023-09-31', expected a day of the calendar",
        ),
        ("base_year: 2018", "base_year: 2022", "…/edition.yml:26:base_year: found '2022', expected a year before 2022"),
        ("base_year: 2018", "base_year: 2030", "…/edition.yml:26:base_year: found '2030', expected a year before 2022"),
        ("[henan, china]", "henan", "…/edition.yml:30:peers: found 'henan', expected a value of the type array"),
        ("[henan, china]", "[china, china]", "…/edition.yml:30:peers: found 'china china', expected each of them once"),
        ("source: anyang-2023\n", "source: ''\n", "…/edition.yml:32:source: found '', expected a text, not empty"),
        ("[henan, china]", "[henan, asia]", "…/edition.yml:30:peers: found 'asia', expected a row of areas"),
        (
            "source: anyang-2023\n",
            "source: hearsay\n",
            "…/edition.yml:32:source: found 'hearsay', expected a row of sources",
        ),
        (
            "id: anyang-2023\n",
            "id: kaifeng-2023\n",
            "…/edition.yml:2:id: found 'kaifeng-2023', expected the folder's name 'anyang-2023'",
        ),
        ("  en: Investigation report", "  fr: Rapport", "…/edition.yml:6:title: found no en, expected all of zh, en"),
        (
            "city: anyang\n",
            "city: [anyang\n",
            "…/edition.yml:6: found text that cannot be read (did not find expected ',' or ']'), expected YAML",
        ),
        (
            "city: anyang\n",
            "city: an: yang\n",
            "…/edition.yml:4: found text that cannot be read (mapping values are not allowed in this context)",
        ),
        (
            "city: anyang\n",
            "city: anyang\ncity: henan\n",
            "…/edition.yml:5:city: found the key a second time, expected each key once",
        ),
    ],
)
def test_a_fault_of_the_particulars_is_one_line_with_its_key(folder, old, new, fault):
    folder.replace(folder.own("edition.yml"), old, new)
    found = folder.faults()
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "nothing"),
        (b"# nothing but a remark\n", "nothing"),
        (b"- a\n- b\n", "\"['a', 'b']\""),
        (b"anyang\n", "'anyang'"),
    ],
)
def test_particulars_that_are_no_keys_and_values_are_one_fault(folder, content, found):
    folder.own("edition.yml").write_bytes(content)
    assert folder.faults() == [f"…/edition.yml: found {found}, expected keys with values: {REQUIRED}"]


def test_particulars_that_are_missing_or_not_text_are_one_fault(folder):
    path = folder.own("edition.yml")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert folder.faults() == [
        "…/edition.yml:7: found a byte that is not UTF-8 text (0xb9), expected a file saved as UTF-8"
    ]
    path.unlink()
    assert folder.faults() == ["…/edition.yml: found no file, expected a file"]


def test_a_value_of_yaml_is_never_run(folder):
    folder.replace(folder.own("edition.yml"), "city: anyang\n", "city: !!python/object/apply:os.getcwd []\n")
    assert folder.faults() == ["…/edition.yml:4:city: found '[]', expected a value of the type string"]


def test_half_a_character_is_a_fault(folder):
    folder.replace(folder.own("edition.yml"), "  en: Li Wentao", '  en: "Li \\ud83d"')
    assert (
        "…/edition.yml:42: found text that cannot be read (found invalid Unicode character escape code), expected YAML"
        in folder.faults()
    )
