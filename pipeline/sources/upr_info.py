"""UPR Info's database of recommendations and voluntary pledges: its XLS export and every re-save of it.

One row for each recommending State; no paragraph numbers and no document symbol before the later exports.
"""

from collections.abc import Mapping, Sequence

from pipeline.sources.grid import Columns, matched
from pipeline.sources.positions import position_of
from pipeline.sources.record import Record
from pipeline.sources.tally import Tally
from pipeline.sources.values import cycle_number, is_missing, issues, label, session_number, state_names
from pipeline.states import States
from pipeline.text import clean, fold

HEADERS = ("SuR", "Recommendation", "RS", "Response", "Action", "Issue", "Session")
RESAVED = ("To", "Text", "From", "Response", "Action", "Issue", "Session")
SYNONYMS = {
    "state": ["SuR", "To", "State under Review", "State under review (SuR)", "Reviewed State", "State reviewed"],
    "text": ["Recommendation", "Text", "Recommendation text", "Recommendations", "Recommendation / Voluntary pledge",
             "Recommendation or voluntary pledge"],
    "pledge": ["Pledge", "Voluntary Pledge", "Voluntary Pledges", "Voluntary commitment"],
    "recommending": ["RS", "From", "Recommending State", "Recommending State (RS)", "Recommending States",
                     "State making the recommendation"],
    "response": ["Response", "Responses", "SuR Response", "Position", "Response to recommendation", "Status"],
    "action": ["Action", "Action category", "Action Categories", "Action Cat."],
    "issue": ["Issue", "Issues", "Themes / Issues"],
    "session": ["Session", "UPR Session", "Sessions", "UPR WG Session"],
    "cycle": ["Cycle", "UPR Cycle"],
    "paragraph": ["Paragraph", "Paragraph number", "Para", "Para.", "Recommendation number", "Rec. number", "Number"],
    "symbol": ["Document", "Document Symbol", "Symbol"],
}  # fmt: skip
_PLEDGE = {"voluntary pledge", "voluntary pledges", "pledge", "voluntary commitment", "voluntary commitments"}


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return our field -> index of its column, or None if the header is of another layout."""
    found = matched(header, SYNONYMS)
    has_text = "text" in found or "pledge" in found
    return found if has_text and {"state", "action", "issue"} <= found.keys() else None


def read_row(row: int, fields: Mapping[str, str], states: States, tally: Tally) -> list[Record]:
    """Return the record of one row."""
    text = clean(fields.get("text", "") or fields.get("pledge", ""))
    state, recommending, unknown = _states(fields, states)
    response = label(fields.get("response", ""))
    is_pledge = _is_pledge(fields, state, recommending, response, states)
    position = None if is_pledge else position_of(response)
    if unknown and not is_pledge:
        tally.add("the source does not know the recommending State", row)
    if response and position is None and not is_pledge:
        tally.add(f"the response '{response[:60]}' is not known; the position is left unknown", row)
    paragraph = label(fields.get("paragraph", ""))
    symbol = label(fields.get("symbol", ""))
    return [Record(
        source_row=row, body="UPR", state_raw=state, text=text or None, is_pledge=is_pledge,
        recommending_raw=() if is_pledge else recommending,
        paragraph=None if is_missing(paragraph) else paragraph,
        document_symbol=None if is_missing(symbol) else symbol,
        session=session_number(fields.get("session", "")), cycle=cycle_number(fields.get("cycle", "")),
        position=position, position_source="upr_info" if position else None,
        position_quote=response or None if not is_pledge else None,
        source_tags=_tags(fields, row, tally), skip_reason=None if text else "no text",
    )]  # fmt: skip


def _states(fields: Mapping[str, str], states: States) -> tuple[str | None, tuple[str, ...], bool]:
    """Return the State under review, the recommending States, and whether those are declared unknown."""
    state = label(fields.get("state", ""))
    written = fields.get("recommending", "")
    recommending = state_names(written, states)
    return None if is_missing(state) else state, recommending, bool(written.strip()) and not recommending


def _is_pledge(
    fields: Mapping[str, str], state: str | None, recommending: tuple[str, ...], response: str, states: States
) -> bool:
    """Return whether the row is a State's own commitment: so declared, or it recommends to itself."""
    if fold(response) in _PLEDGE or (fields.get("pledge", "").strip() and not fields.get("text", "").strip()):
        return True
    if state is None or len(recommending) != 1:
        return False
    own = states.find(state)
    return fold(recommending[0]) == fold(state) or (own is not None and states.find(recommending[0]) is own)


def _tags(fields: Mapping[str, str], row: int, tally: Tally) -> tuple[tuple[str, str], ...]:
    """Return the source's issues and action category."""
    found = [("upr-info", issue) for issue in issues(fields.get("issue", ""))]
    action = clean(fields.get("action", ""))
    if action[:1] in set("12345") and not action[1:2].isdigit():
        found.append(("upr-action", action[0]))
    elif action:
        tally.add(f"the action category '{action[:60]}' is none of 1 to 5", row)
    return tuple(found)
