"""What the pages of the community ask of the database, in a world that holds some of everything: the benchmark's, small."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks import community_pages
from tests.app.questions.test_statements import counted
from tests.cast import signed_in
from tests.conftest import make_app

MOST = 8  # with session and limits
NUMBERS = {"ideas": 60, "cohorts": 18, "sessions": 34, "recognition": 12, "square": 100}
MORE: Mapping[str, int] = {  # so many lists stand on them; however full they are, it is never more
    "ideas, analyst: the desk": 10,
    "ideas, coordinator: saying what is the same": 10,
    "recognition, member: standing": 9,
    "square, coordinator: the desk": 15,  # what waits behind each of its links
    "square, member: the square": 16,
    "square, coordinator: the square": 16,
    "square, member: helping out": 12,
}
Page = tuple[FlaskClient, str]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Page]]:
    """Every page of the benchmark: who asks, and an address."""
    features = {name: replace(community_pages.FEATURES[name], number=number) for name, number in NUMBERS.items()}
    folder: Path = tmp_path_factory.mktemp("full")
    tools, people = community_pages.world(folder, features, 1)
    app = make_app(tools)
    clients = {role: signed_in(app, people[who]) for role, who in community_pages.WHO.items()}
    clients["visitor"] = app.test_client()
    yield {
        f"{name}, {role}: {page}": (clients[role], path())
        for name, feature in features.items()
        for role, paths in feature.pages(tools, random.Random(7)).items()
        for page, path in paths.items()
    }
    tools.database.close()


@pytest.mark.parametrize("feature", NUMBERS)
def test_a_page_takes_eight_statements(pages: dict[str, Page], feature: str) -> None:
    found = {}
    for name, (client, path) in pages.items():
        if name.startswith(feature):
            assert client.get(path).status_code == 200, path
            with counted() as statements:
                client.get(path)
            found[name] = len(statements)
    assert found
    assert {name: number for name, number in found.items() if number > MORE.get(name, MOST)} == {}
