"""What to suggest after a recommendation: the first rule of `configs/follow_up.yaml` whose conditions hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args

import pandas as pd
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

Position = Literal["supported", "noted", "partially_supported", "pending", "unknown"]
Prior = Literal["supported", "noted", "partially_supported", "mixed"]
Coverage = Literal["carried", "none", "unknown"]
WORDS = ("state", "prior_positions", "first_cycle", "co_states", "other_paragraphs", "framework_item")
"""What a rule's sentence can be filled with."""
_NAMED = 5


class FollowUpError(ValueError):
    """The rules break their form: names the file, the rule and what is wrong."""


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class When(BaseModel):
    """The conditions of one rule; None holds always."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: Annotated[tuple[Position, ...], BeforeValidator(_several)]
    latest_review: bool | None = None
    asked_before: bool | None = None
    prior_position: Annotated[tuple[Prior, ...], BeforeValidator(_several)] | None = None
    others_ask: bool | None = None
    other_bodies: bool | None = None
    coverage: Coverage | None = None


class Rule(BaseModel):
    """One suggestion and when it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    when: When
    say: str


class Case(BaseModel):
    """What is known of one recommendation, as the rules ask it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: Position
    latest_review: bool = True
    asked_before: bool = False
    prior_position: Prior | None = None
    others_ask: bool = False
    other_bodies: bool = False
    coverage: Coverage = "unknown"


def load_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules in their order.

    Raises:
        FollowUpError: the file is no YAML, a rule has an unknown condition or word, an id occurs twice, or a position has no
            rule without further conditions, so that some recommendation would be without suggestion.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rules = tuple(Rule.model_validate(rule) for rule in content["rules"])
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise FollowUpError(f"{path}: {error}") from error
    ids = [rule.id for rule in rules]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise FollowUpError(f"{path}: the id {twice[0]} occurs twice; ids name the rule in the tables")
    for rule in rules:
        if unknown := {name for _, name, _, _ in Formatter().parse(rule.say) if name} - set(WORDS):
            raise FollowUpError(
                f"{path}: rule {rule.id}: unknown word {{{sorted(unknown)[0]}}}; known: {', '.join(WORDS)}"
            )
    always = {position for rule in rules if not _further(rule.when) for position in rule.when.position}
    if missing := [name for name in get_args(Position) if name not in always]:
        raise FollowUpError(
            f"{path}: add a rule for the position {missing[0]} without further conditions, as the last resort"
        )
    return rules


def _further(when: When) -> bool:
    """Return whether the rule asks for more than the position."""
    return any(value is not None for name, value in when.model_dump().items() if name != "position")


def suggest(case: Case, rules: Sequence[Rule]) -> Rule:
    """Return the first rule whose conditions all hold for `case`; `load_rules` sees to it that there is one."""
    return next(rule for rule in rules if _holds(rule.when, case))


def _holds(when: When, case: Case) -> bool:
    return (
        case.position in when.position
        and when.latest_review in (None, case.latest_review)
        and when.asked_before in (None, case.asked_before)
        and (when.prior_position is None or case.prior_position in when.prior_position)
        and when.others_ask in (None, case.others_ask)
        and when.other_bodies in (None, case.other_bodies)
        and when.coverage in (None, case.coverage)
    )


def sentence(rule: Rule, words: Mapping[str, str]) -> str:
    """Return the rule's sentence with its words filled in."""
    return rule.say.format(**words)


def followed_up(rows: pd.DataFrame, rules: Sequence[Rule], carried: Mapping[str, str]) -> pd.DataFrame:
    """Return `rows` with framework_item, suggested_follow_up and follow_up_rule.

    Args:
        rows: with the columns of `same_ask.same_ask`, co_recommending_states and is_latest_review.
        rules: as `load_rules` returns them, in order.
        carried: recommendation id -> the outcome that carries it in words, "none" where nothing does; nothing of what was not
            mapped.
    """
    plain = rows.astype(object).where(rows.notna(), None)
    said = [_follow_up({str(k): v for k, v in row.items()}, rules, carried) for row in plain.to_dict("records")]
    columns = ["framework_item", "suggested_follow_up", "follow_up_rule"]
    added = pd.DataFrame(said, columns=columns, index=rows.index, dtype=object)
    return rows.assign(**{name: added[name] for name in columns})


def _follow_up(
    row: Mapping[str, Any], rules: Sequence[Rule], carried: Mapping[str, str]
) -> tuple[str | None, str, str]:
    item = carried.get(row["recommendation_id"])
    case = Case(
        position=row["position"],
        latest_review=row["is_latest_review"],
        asked_before=bool(row["prior_cycles"]),
        prior_position=row["prior_position_same_ask"],
        others_ask=bool(row["co_recommending_states"]),
        other_bodies=bool(row["other_paragraphs"]),
        coverage="unknown" if item is None else "none" if item.startswith("none") else "carried",
    )
    rule = suggest(case, rules)
    words = {
        "state": row["state_name"] or row["state_under_review"],
        "prior_positions": "; ".join(f"cycle {part}" for part in str(row["prior_positions"]).split("; ")),
        "first_cycle": row["first_cycle"],
        "co_states": _several_names(row["co_recommending_states"]),
        "other_paragraphs": row["other_paragraphs"],
        "framework_item": (item or "").split(":", 1)[0],
    }
    return item, sentence(rule, {name: str(value) for name, value in words.items()}), rule.id


def _several_names(joined: str | None) -> str:
    """Return the first names and the number of the others: a sentence cannot hold thirty."""
    names = joined.split("; ") if joined else []
    rest = [f"{len(names) - _NAMED} other States"] if len(names) > _NAMED else []
    told = [*names[:_NAMED], *rest]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))
