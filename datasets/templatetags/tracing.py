"""Looking up a value by a key that is itself a value, for the page that leads from a cell to its passages."""

from django import template

register = template.Library()


@register.filter
def at(mapping, key):
    return mapping.get(key)
