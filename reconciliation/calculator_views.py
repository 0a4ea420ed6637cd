"""The page of the reliability calculator. It keeps nothing of what it is given."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods


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
