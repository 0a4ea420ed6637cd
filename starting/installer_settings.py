"""Pure: the user's pip configuration in uv's words.

uv reads neither pip's files nor PIP_* variables, so an index, a proxy or a certificate that someone
set for pip would be ignored. What the user set for uv itself always wins.
"""

import ast
from collections.abc import Mapping

# pip's name -> uv's (or the system's) environment variable.
_PLAIN = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
    "proxy": "ALL_PROXY",
}
_LISTS = {
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
}
# What wins when one option is set in several places, weakest first; as in pip itself.
_SECTIONS = ("global", "install", ":env:")


def read_pip_settings(listing: str) -> dict[str, str]:
    """The options that hold for `pip install`, from the printed lines of `pip config list`.

    A line reads `section.option='value'`, the value as a Python literal. Lines of another form are passed over.
    """
    by_section: dict[str, dict[str, str]] = {name: {} for name in _SECTIONS}
    for line in listing.splitlines():
        name, equals, literal = line.strip().partition("=")
        section, dot, option = name.rpartition(".")
        if not (equals and dot and section in by_section):
            continue
        try:
            value = ast.literal_eval(literal)
        except (SyntaxError, ValueError):
            continue
        by_section[section][option.replace("_", "-").lower()] = str(value)
    return {option: value for section in _SECTIONS for option, value in by_section[section].items()}


def settings_for_uv(pip: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The variables to add to `environment` for uv to do what pip would."""
    wanted: dict[str, str] = {}
    for option, variable in _PLAIN.items():
        if pip.get(option):
            wanted[variable] = pip[option]
    for option, (variable, separator) in _LISTS.items():
        if pip.get(option, "").split():
            wanted[variable] = separator.join(pip[option].split())
    if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        wanted["UV_NO_INDEX"] = "1"
    if pip.get("keyring-provider") == "subprocess":
        wanted["UV_KEYRING_PROVIDER"] = "subprocess"
    if "UV_INDEX" in wanted:
        # pip looks into every index, uv into the first that knows the name; the hashes make looking everywhere safe.
        wanted["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if "SSL_CERT_FILE" not in wanted and not ({"SSL_CERT_FILE", "SSL_CERT_DIR"} & set(environment)):
        # Newer pips trust what the system trusts, which is where a company's own certificate is.
        wanted["UV_SYSTEM_CERTS"] = "1"
    if "ALL_PROXY" in wanted:
        wanted |= {"HTTPS_PROXY": wanted["ALL_PROXY"], "HTTP_PROXY": wanted["ALL_PROXY"]}
    return {
        variable: value
        for variable, value in wanted.items()
        if variable not in environment and variable.lower() not in environment
    }
