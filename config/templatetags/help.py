"""`{% chapter "how-to/coder#keys" %}`: the address of a chapter of the documentation."""

from django import template

from config.help.views import address_of

register = template.Library()
register.simple_tag(address_of, name="chapter")
