"""The hand-written material as frozen values: cases people ask about, and the fictional organisations they work in."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.domains.trade import Trade

FOLDER: Final = Path(__file__).parent / "material"
NETWORK: Final = "network.toml"
Text = Annotated[str, Field(min_length=4)]
Keys = Annotated[tuple[str, ...], Field(min_length=1)]
Model = TypeVar("Model", bound=BaseModel)


class MaterialProblem(Exception):
    """The material cannot be used. Says the file and each problem with its place."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Case(_Frozen):
    """Something that happens on farms, as several people would tell it, and what others would answer."""

    subject: Keys
    topic: str
    system: Keys
    stage: Keys
    titles: tuple[Text, Text, Text]
    situations: tuple[Text, Text, Text]
    tried: tuple[Text, Text]
    decision: tuple[Text, Text]
    answers: tuple[Text, Text, Text, Text]
    followups: tuple[Text, Text]
    replies: tuple[Text, Text]  # to the follow-up of the same place
    outcome: tuple[Text]

    def texts(self) -> Iterator[str]:
        """Every text of the case."""
        for field in (self.titles, self.situations, self.tried, self.decision, self.answers):
            yield from field
        yield from (*self.followups, *self.replies, *self.outcome)


class FictionalOrganisation(_Frozen):
    """An organisation that does not exist."""

    name: str
    alias: str
    site: str
    kind: Literal["farm", "feed", "equipment", "laboratory"] = "farm"
    size: Literal["small", "medium", "large"]
    prefecture: str
    groups: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]


class FictionalNetwork(_Frozen):
    """Who is in it: verified organisations, one that is not verified yet, and the operating company."""

    organisations: Annotated[tuple[FictionalOrganisation, ...], Field(min_length=60)]
    unverified: FictionalOrganisation
    company: FictionalOrganisation


class Material(_Frozen):
    """All of it."""

    cases: tuple[Case, ...]
    network: FictionalNetwork


class _CaseFile(_Frozen):
    cases: tuple[Case, ...]


def load_material(trade: Trade, folder: Path = FOLDER) -> Material:
    """Read every file. Raises MaterialProblem, also for a key the trade does not know."""
    files = sorted(path for path in folder.glob("*.toml") if path.name != NETWORK)
    cases = [case for path in files for case in read_material(path, _CaseFile).cases]
    material = Material(cases=tuple(cases), network=read_material(folder / NETWORK, FictionalNetwork))
    problems = [*_case_problems(material, trade), *_network_problems(material, trade)]
    if problems:
        raise MaterialProblem("\n".join([f"{folder}:", *problems]))
    return material


def read_material(path: Path, model: type[Model]) -> Model:
    """One file as frozen values. Raises MaterialProblem."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return model.model_validate(data)
    except OSError as error:
        raise MaterialProblem(f"{path}: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise MaterialProblem(f"{path}: {error}") from None
    except ValidationError as error:
        problems = [f"{'.'.join(str(at) for at in one['loc'])}: {one['msg']}" for one in error.errors()]
        raise MaterialProblem("\n".join([f"{path}:", *problems])) from None


def _case_problems(material: Material, trade: Trade) -> Iterator[str]:
    facets = {facet.key: {value.key for value in facet.values} for facet in trade.facets}
    known = {
        "subject": set(trade.subjects),
        "topic": set(trade.topic_by_key),
        "system": facets.get("system", set()),
        "stage": facets.get("stage", set()),
    }
    for case in material.cases:
        used = {"subject": case.subject, "topic": (case.topic,), "system": case.system, "stage": case.stage}
        for kind, keys in used.items():
            for key in sorted(set(keys) - known[kind]):
                yield f"{case.titles[0]}: no {kind} {key}"


def _network_problems(material: Material, trade: Trade) -> Iterator[str]:
    groups = {group.key for group in trade.groups}
    areas = {value.key for one in trade.attributes if one.key == "area" for value in one.values}
    network = material.network
    for one in (*network.organisations, network.unverified, network.company):
        for key in sorted(set(one.groups) - groups):
            yield f"{one.name}: no group {key}"
        if one.prefecture not in areas:
            yield f"{one.name}: no prefecture {one.prefecture}"
