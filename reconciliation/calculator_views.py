"""The reliability calculator as a page and as an API operation. It keeps nothing of what it is given."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from rest_framework.decorators import api_view
from rest_framework.response import Response

from projects.refusals import Invalid


@require_http_methods(["GET", "POST"])
def calculator_page(request):
    """Paste or upload a table; every coefficient with its interval, or the reason why there is none."""
    from reconciliation import calculator  # scipy is slow to load
    from reconciliation.calculator_forms import EXAMPLE, CalculatorForm

    result, problems = None, []
    if request.method == "GET":
        form = CalculatorForm(initial={"table": EXAMPLE, "unit": "unit"})
    else:
        form = CalculatorForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                result = form.measured()
            except calculator.TableInvalid as error:
                problems = error.problems
            except ValueError as error:
                form.add_error(None, str(error))
    return render(
        request,
        "reconciliation/calculator.html",
        {
            "form": form,
            "result": result,
            "problems": problems[:50],
            "more": max(0, len(problems) - 50),
        },
        status=200 if result or request.method == "GET" else 422,
    )


@api_view(["POST"])
def calculator_api(request):
    """{"table": CSV text, "level": ..., and the page's other options}, or multipart with the part `file`."""
    from reconciliation import calculator  # scipy is slow to load
    from reconciliation.calculator_forms import CalculatorForm

    if not isinstance(request.data, dict):
        raise Invalid("Send an object with “table” and “level”.")
    unknown = set(request.data) - set(CalculatorForm.base_fields)
    if unknown:
        raise Invalid(
            f"“{sorted(unknown)[0]}” is no option; there are {', '.join(CalculatorForm.base_fields)}."
        )
    form = CalculatorForm(request.data, request.FILES)
    if not form.is_valid():
        raise Invalid("Some options cannot be used.", problems=form.errors.get_json_data())
    try:
        return Response(calculator.as_json(form.measured()))
    except calculator.TableInvalid as error:
        problems = [
            {"row": one.row, "column": one.column, "message": one.message} for one in error.problems
        ]
        raise Invalid(str(error.problems[0]), problems=problems) from None
    except ValueError as error:
        raise Invalid(str(error)) from None
