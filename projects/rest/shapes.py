"""Shapes of what goes in and comes out, in a line each, and the shape of a page's form.

A shape says which fields there are and of what kind; whether what they say makes sense is for forms and verbs.
"""

from typing import Any

from django import forms
from rest_framework import serializers

Shape = type[serializers.Serializer]
LARGEST = 2**31 - 1


def shape(name: str, base: Shape = serializers.Serializer, /, **fields: serializers.Field) -> Shape:
    """A shape by its name in the description; `base` lends its fields."""
    return type(name, (base,), {"__doc__": None, **fields})


def _said(null: bool, optional: bool, said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "allow_null": null or optional, "required": not optional}


def text(*, null: bool = False, optional: bool = False, most: int | None = None, **said: Any) -> serializers.Field:  # fmt: skip
    return serializers.CharField(
        allow_blank=True, trim_whitespace=False, max_length=most, **_said(null, optional, said)
    )


def mail(*, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.EmailField(allow_blank=True, **_said(False, optional, said))


def whole(*, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.IntegerField(**_said(null, optional, said))


def number(*, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.FloatField(**_said(null, optional, said))


def flag(*, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.BooleanField(**_said(null, optional, said))


def day(*, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.DateField(**_said(null, optional, said))


def moment(*, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.DateTimeField(**_said(null, optional, said))


def uid(*, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.UUIDField(**_said(null, optional, said))


def choice(*of: Any, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return serializers.ChoiceField(choices=list(of), **_said(null, optional, said))


def anything(*, optional: bool = False, **said: Any) -> serializers.Field:
    """Any JSON, null too: what a codebook's fields hold."""
    return serializers.JSONField(required=not optional, **said)


def some(
    child: serializers.Field | Shape,
    *,
    optional: bool = False,
    null: bool = False,
    least: int = 0,
    most: int | None = None,
    **said: Any,
) -> serializers.Field:
    """A list of these."""
    said = _said(null, optional, said)
    if isinstance(child, type):
        return child(many=True, **said)
    return serializers.ListField(
        child=child, **({"min_length": least} if least else {}), max_length=most, **said
    )


def one(of: Shape, *, null: bool = False, optional: bool = False, **said: Any) -> serializers.Field:
    return of(**_said(null, optional, said))


def mapping(child: serializers.Field | None = None, *, optional: bool = False, null: bool = False, **said: Any) -> serializers.Field:  # fmt: skip
    """An object whose names are not known beforehand."""
    return serializers.DictField(child=child or anything(), **_said(null, optional, said))


def file(**said: Any) -> serializers.Field:
    return serializers.FileField(allow_empty_file=True, max_length=255, **said)


def of_form(name: str, form: type[forms.Form], /, *leave: str, **others: serializers.Field) -> Shape:  # fmt: skip
    """The shape of what a page's form takes; `leave` names fields that only a page needs, `others` stand in for fields."""
    taken = {
        known: _of_field(field)
        for known, field in form.base_fields.items()
        if known not in leave and known not in others
    }
    return shape(name, **taken, **others)


def _of_field(field: forms.Field) -> serializers.Field:
    said: dict[str, Any] = {"required": field.required, "allow_null": not field.required}
    if field.help_text:
        said["help_text"] = str(field.help_text)
    if isinstance(field, forms.BooleanField):
        return serializers.BooleanField(**said | {"required": False, "allow_null": True})
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return serializers.ListField(child=_choice(field, {}), allow_empty=True, **said)
    if isinstance(field, forms.ChoiceField):
        return _choice(field, said)
    if isinstance(field, forms.IntegerField):
        kind = (
            serializers.FloatField
            if isinstance(field, forms.FloatField)
            else serializers.IntegerField
        )
        least, most = field.min_value, field.max_value
        return kind(
            min_value=-LARGEST if least is None else least,
            max_value=LARGEST if most is None else most,
            **said,
        )
    if isinstance(field, forms.DateField):
        return serializers.DateField(**said)
    if isinstance(field, forms.FileField):
        return serializers.FileField(allow_empty_file=True, max_length=255, **said)
    return serializers.CharField(
        max_length=getattr(field, "max_length", None),
        allow_blank=not field.required,
        trim_whitespace=False,
        **said,
    )


def _choice(field: forms.Field, said: dict[str, Any]) -> serializers.Field:
    """A choice that is known beforehand is told; one that depends on the project is a text, judged by the form."""
    coerce = getattr(field, "coerce", None) or str
    known = [value for value, _ in getattr(field, "choices", ()) if str(value)]
    flat = [one for value in known for one in (value if isinstance(value, list | tuple) else [value])]  # fmt: skip
    if flat and not isinstance(field, forms.ModelMultipleChoiceField):
        return serializers.ChoiceField(choices=[coerce(value) for value in flat], **said)
    return serializers.CharField(allow_blank=not said.get("required", True), **said)


Told = shape("Told", said=text(help_text="What was done, in plain words."))
