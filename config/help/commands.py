"""The reference of the commands, asked of the commands themselves: what each is for and its options."""

from argparse import SUPPRESS, Action
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class

# Django's own options, the same for every command, are told once on the page.
_COMMON = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color",
    "skip_checks", "as_json", "by",
}  # fmt: skip


def own() -> dict[str, str]:
    """The commands of this house: name to application."""
    here = {one.name for one in apps.get_app_configs() if settings.BASE_DIR.samefile(one.path + "/..")}  # fmt: skip
    return {name: str(app) for name, app in sorted(get_commands().items()) if app in here}


@cache
def reference() -> str:
    """Every command as Markdown."""
    return "\n".join(_told(name, app) for name, app in own().items())


def _told(name: str, app: str) -> str:
    command = load_command_class(app, name)
    parser = command.create_parser("manage.py", name)
    about = " ".join((command.help or "").split()).partition("`: ")
    words = (about[2] if about[0].startswith("`manage.py") else "".join(about)).strip()
    actions = [one for one in parser._actions if one.dest not in _COMMON and one.help != SUPPRESS]
    positional = [one for one in actions if not one.option_strings]
    usage = " ".join(["manage.py", name, *(_form(one) for one in positional)])
    lines = [f"## {name}", "", words[:1].upper() + words[1:], "", f"`{usage}`", ""]
    if actions:
        lines += ["| | |", "|---|---|", *(_row(one) for one in actions), ""]
    return "\n".join(lines)


def _form(action: Action) -> str:
    name = str(action.metavar or action.dest.upper())
    return {"+": f"{name} …", "*": f"[{name} …]", "?": f"[{name}]"}.get(str(action.nargs), name)


def _row(action: Action) -> str:
    form = _form(action)
    if action.option_strings:
        takes = (
            ""
            if action.nargs == 0
            else f" {action.metavar or _choices(action) or action.dest.upper()}"
        )
        form = f"{action.option_strings[-1]}{takes}"
    said = [(action.help or "") % {**vars(action), "prog": "manage.py"}]
    if action.required and action.option_strings:
        said.append("needed")
    if action.choices and action.metavar:
        said.append(f"one of {_choices(action)}")
    if action.default not in (None, "", False, SUPPRESS, []) and action.nargs != 0:
        said.append(f"by default {action.default}")
    words = "; ".join(filter(None, said)).replace("|", "\\|")
    return f"| `{form}` | {words} |"


def _choices(action: Action) -> str:
    return ",".join(map(str, action.choices or []))
