"""Lists of states: the verb that loads a project's own, and the state system that a project goes by.

The newest list of each kind counts; for a kind without one, what ships with Concord does.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from projects import jobs, ledger
from projects.models import Project, User
from projects.refusals import Invalid, Missing
from sources import state_files
from sources.list_files import ListUnreadable
from sources.models import StateList
from sources.state_files import ListInvalid
from sources.states import State, StateSystem, standard

STANDARD = Path(__file__).parent / "standard"
MENTION = "sources.mention"
MOST_TOLD = 1_000
SYSTEMS_KEPT = 16


@dataclass(frozen=True)
class _Key:
    """What a system is made of: one list of each kind at most. Equal keys mean equal systems."""

    lists: tuple[tuple[str, int, str, str, date | None], ...]  # kind, pk, sha256, version, ends


def load(
    project: Project,
    kind: str,
    data: bytes,
    *,
    by: User,
    filename: str,
    version: str = "",
    ends: date | None = None,
) -> StateList:
    """Put a newer list in the place of the one the project goes by. All of it or nothing.

    Raises Invalid with `problems`, each with its line.
    """
    if kind not in StateList.Kind.values:
        raise Invalid(
            f"A list of states is one of {', '.join(StateList.Kind.values)}; not “{kind}”."
        )
    name = PurePosixPath(filename.replace("\\", "/")).name[:255] or "states.csv"
    name = "".join(one for one in name if one.isprintable())
    try:
        read = state_files.read(data, kind, ends=ends)
    except ListUnreadable as wrong:
        raise Invalid(f"{name}: {wrong} Nothing was changed.") from None
    except ListInvalid as wrong:
        count = len(wrong.problems)
        raise Invalid(
            f"{name} has {count} line{'s' if count > 1 else ''} that cannot be taken; a list of states is taken "
            f"whole, so nothing was changed. First: {wrong}",
            problems=[asdict(one) for one in wrong.problems[:MOST_TOLD]],
        ) from None
    sha256 = hashlib.sha256(
        json.dumps([read.rows, str(read.ends)], sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    with transaction.atomic():
        Project.objects.select_for_update().only("pk").get(pk=project.pk)
        known = states_for(project)
        strangers = _strangers(read, known)
        if strangers:
            raise Invalid(
                f"{name} speaks of codes that the project's list of members does not have: "
                f"{', '.join(map(str, strangers[:20]))}. Load the list of members first.",
                problems=[],
            )
        last = StateList.objects.filter(project=project).aggregate(last=Max("n"))["last"] or 0
        made = StateList.objects.create(
            project=project,
            n=last + 1,
            kind=kind,
            version=_version(version or read.version, last + 1),
            filename=name,
            rows=list(read.rows),
            sha256=sha256,
            ends=read.ends,
            loaded_by=by,
        )
        difference: dict[str, object] = {
            "n": made.n,
            "kind": kind,
            "version": made.version,
            "rows": len(read.rows),
            "sha256": sha256,
        }
        if kind == "cow":
            now = {state.ccode for state in states_for(project).states}
            before = {state.ccode for state in known.states}
            difference |= {
                "ends": str(read.ends),
                "gone": sorted(before - now)[:100],
                "new": sorted(now - before)[:100],
            }
        ledger.record(project, "states.load", made, by=by, difference=difference)
        if kind in ("cow", "names"):
            # Which states a text names is found by the list; what was read before is looked through again.
            jobs.enqueue(MENTION, project.slug, project=project, by=by)
    return made


def states_for(project: Project | int) -> StateSystem:
    """The state system the project goes by: one query, the system itself is kept made."""
    return _system(_key(project if isinstance(project, int) else project.pk))


class ProjectStates:
    """Finds states as `states_for` does; asks for the project's list only once a state is looked for."""

    def __init__(self, project: int) -> None:
        self._project = project

    @cached_property
    def _system(self) -> StateSystem:
        return states_for(self._project)

    def find(self, wanted: int | str, on: date | None = None) -> State:
        return self._system.find(wanted, on)


def lists(project: Project) -> QuerySet[StateList]:
    """Every list that was loaded, the newest first, without its rows."""
    found = StateList.objects.filter(project=project).defer("rows").select_related("loaded_by")
    return found.order_by("-n")


def list_for(project: Project, n: int) -> StateList:
    found = StateList.objects.filter(project=project, n=n).select_related("project").first()
    if found is None:
        raise Missing("There is no such list of states in this project.")
    return found


def is_current(one: StateList) -> bool:
    newer = StateList.objects.filter(project=one.project_id, kind=one.kind, n__gt=one.n)
    return not newer.exists()


def fingerprint(project: Project) -> str:
    """What tells the project's state system from another; empty where it is the one that ships."""
    return ";".join(f"{kind} {sha256}" for kind, _, sha256, _, _ in _key(project.pk).lists)


def _key(project: int) -> _Key:
    newest = (
        StateList.objects.filter(project=OuterRef("project"), kind=OuterRef("kind"))
        .order_by("-n")
        .values("pk")[:1]
    )
    found = StateList.objects.filter(project=project, pk=Subquery(newest)).order_by("kind")
    return _Key(tuple(found.values_list("kind", "pk", "sha256", "version", "ends")))


@lru_cache(maxsize=SYSTEMS_KEPT)
def _system(key: _Key) -> StateSystem:
    if not key.lists:
        return standard()
    shipped = standard()
    rows = dict(
        StateList.objects.filter(pk__in=[pk for _, pk, *_ in key.lists]).values_list("kind", "rows")
    )
    own = {kind: (version, ends) for kind, _, _, version, ends in key.lists}
    version, ends = own.pop("cow", (shipped.version, None))
    said = "".join(f"; {kind} {version}" for kind, (version, _) in sorted(own.items()))
    kept = {
        kind: tuple(state_files.named(kind, rows[kind]))
        if kind in rows
        else StateSystem.read_named(STANDARD, kind)
        for kind in state_files.SAYS
    }
    return StateSystem(
        state_files.states(rows["cow"]) if "cow" in rows else shipped.states,
        **kept,
        version=f"{version}{said}",
        ends=ends or shipped.ends,
        extension=shipped.extension
        if ends is None
        else (
            f"the project's list of states, version {version}, ends on {ends}; states that were members on that day "
            "are carried on as members after it"
        ),
    )


def _strangers(read: state_files.StateRows, known: StateSystem) -> Sequence[int]:
    if read.kind == "cow":
        return []
    ccodes = {state.ccode for state in known.states}
    return sorted({int(row["ccode"]) for row in read.rows} - ccodes)


def _version(version: str, n: int) -> str:
    version = " ".join(version.split())
    if len(version) > 60 or not version.isprintable():
        raise Invalid("A version has at most 60 characters and no line break.")
    return version or f"own {n}"
