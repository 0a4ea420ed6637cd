"""What must hold of everything kept, looked for line by line: `ALL` in the order in which it is printed.

A check reads a little at a time and never writes; a repair writes only what the rest can prove.
"""

from config.doctor import coded, place, texts
from config.doctor import store as kept
from config.doctor.checks import Check, Finding, Scope

ALL: tuple[Check, ...] = (*place.CHECKS, *texts.CHECKS, *coded.CHECKS, *kept.CHECKS)

__all__ = ["ALL", "Check", "Finding", "Scope"]
