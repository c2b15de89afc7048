"""The description of an edition keeps what its profiles require, by the validator of the RO-Crate community."""

import json
from pathlib import Path

import pytest
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

from diaoyan import ro_crate
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.provenance import write_provenance

# Of the context of RO-Crate 1.1 the terms that are used here; a test may fetch nothing.
TERMS = (Path(__file__).parent / "ro_crate_terms.json").read_text(encoding="utf-8")
PROFILES = ["ro-crate-1.1", "process-run-crate-0.5", "workflow-run-crate-0.5"]


class Fetched:
    """The context, as it would be fetched."""

    status_code, text, content = 200, TERMS, TERMS.encode()
    headers = {"Content-Type": "application/ld+json"}  # noqa: RUF012

    @staticmethod
    def json():
        """The context itself."""
        return json.loads(TERMS)


@pytest.fixture(scope="module")
def crate(tmp_path_factory):
    """The folder of an edition with executed chapters, described."""
    folder = tmp_path_factory.mktemp("crate")
    for language in ("zh", "en"):
        (folder / language / "notebooks").mkdir(parents=True)
        for chapter in chapter_names():
            (folder / language / "notebooks" / f"{chapter}.ipynb").write_text("{}")
    (folder / "data").mkdir()
    made = {"zh": ("html",), "en": ("html",)}
    write_provenance(Edition.load("anyang-2023"), made, folder, folder / "nothing")
    return folder


@pytest.fixture
def requirements(monkeypatch):
    """Gives what a folder lacks of what a profile requires."""

    def fetch(self, address, **options):
        if address != ro_crate.CONTEXT[0]:
            raise RuntimeError(f"asked for {address}")
        return Fetched()

    monkeypatch.setattr(HttpRequester, "get", fetch, raising=False)

    def lacking(folder, profile):
        settings = services.ValidationSettings(
            rocrate_uri=folder, profile_identifier=profile, requirement_severity=models.Severity.REQUIRED, offline=True
        )
        return [issue.message for issue in services.validate(settings).get_issues()]

    return lacking


@pytest.mark.parametrize("profile", PROFILES)
def test_the_description_has_everything_that_a_profile_requires(crate, requirements, profile):
    assert requirements(crate, profile) == []


def test_a_description_without_its_workflow_is_refused(crate, requirements, tmp_path):
    described = json.loads((crate / ro_crate.FILE).read_text(encoding="utf-8"))
    for entity in described["@graph"]:
        entity.pop("mainEntity", None)
    (tmp_path / ro_crate.FILE).write_text(json.dumps(described), encoding="utf-8")
    assert any("Main Workflow" in message for message in requirements(tmp_path, "workflow-run-crate-0.5"))
