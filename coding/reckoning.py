"""What taking codings in would come to where their round, or even their documents, are not there yet.

Nothing is written: the codings are reckoned on assignments that are never kept. Taking in is `importing`'s.
"""

from collections.abc import Callable, Iterable

from coding import assignments, events, lines, operations
from coding.importing import Imported, Item, LineProblem, blanks_in, coder_named, problems_of
from coding.models import Assignment, Codebook, Round
from projects.models import Project
from projects.refusals import Invalid, Refused
from sources import queries as sources
from sources.models import Text


def reckon(
    project: Project,
    items: Iterable[Item],
    codebook: Codebook,
    *,
    step: Callable[[int], None] = lambda done: None,
) -> tuple[Imported, list[Item]]:
    """What would come of them, and the items that are good."""
    result = Imported()
    good: list[Item] = []
    for item in items:
        result.lines += 1
        try:
            coded, blanks = _reckoned(project, item, codebook)
        except Refused as refusal:
            result.problems += problems_of(item, refusal)
        else:
            good.append(item)
            result.codings += 1
            result.events += coded.events
            result.near_misses += coded.near_misses
            if blanks:
                result.notices.append(LineProblem(item.line, blanks, item.place))
        step(result.lines)
    return result, good


def _reckoned(project: Project, item: Item, codebook: Codebook) -> tuple[lines.Operations, str]:
    head = item.head()
    if item.source:
        text = Text(body=item.source, length=len(item.source))
    else:
        document = sources.named_document(project, lines.text_of(head, "document"))
        if document.current_text is None:
            raise Invalid(f"“{document.external_id}” has no text to code.")
        text = document.current_text
    coder = coder_named(project, lines.text_of(head, "coder"))
    apart = Assignment(round=Round(project=project, codebook=codebook), text=text, coder=coder)
    coded = lines.Operations(
        item.whole(head, apart), codebook.parsed, event_places=item.event_places
    )
    work, ground, problems = operations.Work(), events.ground_of(apart), []
    for body in coded.all:
        try:
            operations.apply(work, body["kind"], body, ground)
        except operations.OperationInvalid as refusal:
            problems.append({"operation": body["id"], "message": str(refusal)})
    if problems:
        mistakes = coded.mistakes(problems)
        raise Invalid(lines.in_short(mistakes), mistakes=mistakes)
    told = assignments.problems_of(work, ground) if coded.is_handed_in else []
    wrong = coded.mistakes([one.as_dict() for one in told if one.severity == "invalid"])
    if wrong:
        raise Invalid(lines.in_short(wrong), mistakes=wrong)
    return coded, blanks_in(coded, told, item)
