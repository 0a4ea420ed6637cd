"""Who may do what: data, not code."""

CODER = "coder"
ADJUDICATOR = "adjudicator"
EXPORTER = "exporter"
MANAGER = "manager"

PERMISSIONS = {
    "project.view": "see the project and its documents",
    "project.manage": "change the project, its members and its tokens",
    "documents.add": "add, describe and retire documents",
    "lists.load": "load lists of states and alliances",
    "codebook.edit": "edit and publish codebooks",
    "rounds.manage": "open, close and reveal rounds",
    "coding.code": "code documents assigned to oneself",
    "coding.import": "import codings made elsewhere",
    "reconciliation.view": "see all codings and the figures",
    "reconciliation.run": "align codings and compute figures",
    "reconciliation.decide": "settle conflicts",
    "releases.view": "see releases that are not published",
    "releases.build": "draft and build releases",
    "releases.publish": "publish and withdraw releases",
    "ledger.view": "read the ledger",
    "searches.keep": "keep searches in the log",
    "account.change": "see and change one's own account: name, language, keys, digest, devices",
}

# What every member may. Written down so that a token can go without it.
_ALL = {"project.view", "searches.keep", "account.change"}

ROLES: dict[str, frozenset[str]] = {
    CODER: frozenset(_ALL | {"coding.code"}),
    ADJUDICATOR: frozenset(
        _ALL
        | {"reconciliation.view", "reconciliation.run", "reconciliation.decide", "releases.view"}
    ),
    EXPORTER: frozenset(_ALL | {"releases.view", "releases.build", "releases.publish"}),
    MANAGER: frozenset(
        _ALL
        | {
            "project.manage",
            "documents.add",
            "lists.load",
            "codebook.edit",
            "rounds.manage",
            "coding.import",
            "ledger.view",
        }
    ),
}


def permissions_of(roles: list[str]) -> frozenset[str]:
    return frozenset().union(*(ROLES[role] for role in roles if role in ROLES))
