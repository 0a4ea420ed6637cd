"""The reliability calculator over HTTP. It keeps nothing of what it is given."""

from projects.refusals import Invalid
from projects.rest.routes import Asked, Route
from projects.rest.shapes import choice, mapping, shape, some, text, whole

LEVELS = ("nominal", "ordinal", "interval", "ratio", "set", "date", "spans")

Measured = shape(
    "Measured",
    n_units=whole(null=True),
    n_coders=whole(null=True),
    figures=some(mapping(), help_text="Each with its coefficient, value or reason, and interval."),
)
Table = shape(
    "TableToMeasure",
    table=text(most=2_000_000, help_text="CSV; the first row names the coders, a blank is missing."),
    level=choice(*LEVELS),
    unit=text(optional=True, most=200),
    cluster=text(optional=True, most=200),
    interval=choice("cluster", "unit", "krippendorff", "gwet", optional=True),
    weights=choice("linear", "quadratic", optional=True),
    seed=whole(optional=True, min_value=0, max_value=2**31),
    length=whole(optional=True, min_value=1, max_value=10**8),
    begin=whole(optional=True, min_value=0, max_value=10**8),
)  # fmt: skip
reliability_route = Route("reliability/", "api_reliability", "reliability")


@reliability_route.post(Measured, takes=Table, is_raw=True)
def measure_table(asked: Asked):
    """Every coefficient of a table, with its interval or the reason why there is none.

    Also as multipart form data with the part `file` instead of `table`.
    """
    from reconciliation import calculator  # scipy is slow to load
    from reconciliation.calculator_forms import CalculatorForm

    said = asked.said
    if not isinstance(said, dict):
        raise Invalid("Send an object with “table” and “level”.")
    unknown = set(said) - set(CalculatorForm.base_fields)
    if unknown:
        raise Invalid(
            f"“{sorted(unknown)[0]}” is no option; there are {', '.join(CalculatorForm.base_fields)}."
        )
    form = CalculatorForm(said, asked.request.FILES)
    if not form.is_valid():
        wrong = [
            {"pointer": f"/{name}" if name in form.fields else "", "detail": one["message"]}
            for name, found in form.errors.get_json_data().items()
            for one in found
        ]
        raise Invalid("Some options cannot be used.", errors=wrong)
    try:
        return calculator.as_json(form.measured())
    except calculator.TableInvalid as error:
        problems = [
            {"row": one.row, "column": one.column, "message": one.message} for one in error.problems
        ]
        raise Invalid(str(error.problems[0]), problems=problems) from None
    except ValueError as error:
        raise Invalid(str(error)) from None


ROUTES = (reliability_route,)
