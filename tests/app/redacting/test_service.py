"""The network's organisations in the redactor, the own one apart, and the analyser in many threads."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.accounts.service import add_organisation
from app.errors import NotThere
from app.redacting.names import PIECE, SudachiNames, pieces
from app.redacting.service import own_words, redactor
from app.wiring import Toolbox
from tests.cast import Cast

TEXT = "うしおの里と潮待ち本社の話"


def add(tools: Toolbox, name: str, *, verified: bool = True) -> str:
    """An organisation with an alias and a site."""
    with tools.database.transaction("identity") as stores:
        made, _ = add_organisation(
            stores,
            tools.vault,
            name=name,
            aliases=["うしおの里"],
            sites=["潮待ち本社"],
            verified=verified,
            rng=random.Random(1),
        )
    return made


def found(tools: Toolbox, text: str) -> list[str]:
    """The organisations the service's redactor sees."""
    with tools.database.reading() as stores:
        spans = redactor(stores, tools.vault, tools.names).find(text)
    return [text[one.start : one.end] for one in spans if one.label == "organisation"]


@pytest.mark.parametrize("verified", [True, False])
def test_names_aliases_and_sites_are_known_as_soon_as_they_are_added(
    tools: Toolbox, cast: Cast, verified: bool
) -> None:
    assert found(tools, TEXT) == []
    add(tools, "株式会社しおさい", verified=verified)
    assert found(tools, TEXT) == ["うしおの里", "潮待ち本社"]
    assert found(tools, "しおさいの者です") == ["しおさい"]


def test_the_own_organisation_is_told_from_others(tools: Toolbox, cast: Cast) -> None:
    own, other = add(tools, "株式会社しおさい"), None
    with tools.database.transaction("identity") as stores:
        other, _ = add_organisation(stores, tools.vault, name="みなと漁協", verified=True, rng=random.Random(1))
    with tools.database.reading() as stores:
        mine = own_words(stores, tools.vault, organisation_id=own)
        theirs = own_words(stores, tools.vault, organisation_id=other)
        assert mine.holds("（株）しおさいです")
        assert mine.holds("潮待ち本社から")
        assert not mine.holds("みなと漁協から")
        assert theirs.holds("みなと漁協から")
        with pytest.raises(NotThere):
            own_words(stores, tools.vault, organisation_id="nobody")


def test_threads_share_the_dictionary_and_nothing_else() -> None:
    names = SudachiNames()
    texts = [f"{name}さんが来ました。" * 20 for name in ("佐藤", "鈴木", "高橋", "田中")] * 8
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(names.tag, texts)) == [names.tag(text) for text in texts]


def test_a_long_text_is_cut_where_words_end_and_offsets_go_on() -> None:
    text = "田中さんの池です。" * 3000
    assert "".join(piece for _, piece in pieces(text)) == text
    assert all(len(piece) <= PIECE and piece.endswith("。") for _, piece in pieces(text))
    tokens = SudachiNames().tag(text)
    assert {text[one.start : one.end] for one in tokens if one.kind == "surname"} == {"田中"}
    assert tokens[-1].end == len(text)
    assert "".join(piece for _, piece in pieces("あ" * 20_000)) == "あ" * 20_000
