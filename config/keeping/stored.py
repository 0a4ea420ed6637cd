"""Which rows speak of files in the store: what a project takes along, what nothing speaks of any more."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaking:
    """A column that holds names of stored files, in the rows where `where` (SQL) holds."""

    table: str
    column: str
    where: str = "1 = 1"


FILES = (
    Speaking("sources_document", "sha256", "pack = ''"),
    Speaking("sources_document", "pack"),
    Speaking("sources_collection", "sha256"),
    Speaking("sources_alliancelist", "sha256"),
    Speaking("sources_statelist", "sha256"),
    Speaking("coding_exchange", "sha256"),
    Speaking("datasets_releasefile", "sha256"),
)
#: Hashes of something else than a stored file.
OTHER_HASHES = {
    ("coding_codebook", "sha256"), ("sources_text", "sha256"), ("datasets_release", "records_sha256"),
    ("datasets_release", "manifest_sha256"),
}  # fmt: skip


def names(one: Speaking, where: str = "") -> str:
    """SQL for the names of files that these rows speak of."""
    more = f" AND {where}" if where else ""
    return (
        f'SELECT DISTINCT "{one.column}" FROM "{one.table}" '  # noqa: S608 - names of our own tables and columns  # nosec B608
        f"""WHERE "{one.column}" <> '' AND {one.where}{more} ORDER BY 1"""
    )
