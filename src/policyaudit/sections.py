"""What a rubric asks for: criteria in their sections, for lawyers to read, and their texts in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from policyaudit.model import DocumentKind

ElementId = Annotated[str, Field(pattern=r"^[a-h]$")]
OppositeId = Annotated[str, Field(pattern=r"^x[1-9]$")]
Text = Annotated[str, Field(min_length=3), AfterValidator(str.strip)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(Strict):
    """Where a criterion comes from. ``checked``: how far we read the source. A place that we did not check is not printed."""

    work: str
    place: str | None = None
    checked: Literal["read", "partly", "known"]

    @model_validator(mode="after")
    def _unchecked_without_place(self) -> Citation:
        if self.checked == "known" and self.place:
            raise ValueError("a source that was not read (checked: known) is cited without article or paragraph number")
        return self


class Criterion(Strict):
    id: Annotated[str, Field(pattern=r"^[A-Z]\d?\.\d\d$")]
    title: Text
    applies_to: tuple[DocumentKind, ...] = Field(min_length=1)
    requirement: Text
    why: Text
    passing: Text  # title where it is met
    failing: Text  # title where it is not
    advice: Text  # what to add, as a drafting instruction
    elements: dict[ElementId, Text] = Field(min_length=1)
    contradicted_by: dict[OppositeId, Text] = {}
    sources: tuple[Citation, ...] = Field(min_length=1)


class Section(Strict):
    id: Annotated[str, Field(pattern=r"^[A-Z]\d?$")]
    title: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class CriterionTexts(Strict):
    """The texts of a criterion in another language. What is not there is printed in English. ``questions``: those of the
    elements that its conditions leave to a reviewer."""

    title: Text | None = None
    requirement: Text | None = None
    why: Text | None = None
    passing: Text | None = None
    failing: Text | None = None
    advice: Text | None = None
    elements: dict[ElementId, Text] = {}
    contradicted_by: dict[OppositeId, Text] = {}
    questions: dict[ElementId, Text] = {}


class SectionTexts(Strict):
    """A file of texts/<lang>: those of one section."""

    id: str
    title: Text | None = None
    criteria: dict[str, CriterionTexts] = {}


class HeadTexts(Strict):
    """texts/<lang>/rubric.yaml."""

    title: Text | None = None
    about: Text | None = None


@dataclass(frozen=True)
class Translated:
    """All texts of one language other than English."""

    head: HeadTexts
    sections: tuple[SectionTexts, ...]

    @cached_property
    def criteria(self) -> dict[str, CriterionTexts]:
        return {key: texts for section in self.sections for key, texts in section.criteria.items()}
