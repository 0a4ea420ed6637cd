"""The page of questions: the PI answers, a coder reads the own ones, and notes on the codebook are made and withdrawn."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coding import questions
from coding.access import note_for, question_to_answer, visible_questions
from coding.models import CodebookNote, Question
from projects.access import Pass, pass_for
from projects.forms import beside, status_of

MOST_ANSWERED = 100


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=questions.LONGEST, widget=forms.Textarea(attrs={"rows": 2}), label="Answer"
    )
    note = forms.CharField(
        required=False,
        max_length=questions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Note for every coder",
        help_text="Stands beside the codebook in every coder's workspace. Say the rule, and nothing of what this coder found.",
    )


@dataclass(frozen=True)
class Asked:
    """A question with the words of what it is about."""

    question: Question
    about: str
    form: AnswerForm | None = None


@require_safe
def question_page(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    return _page(request, holder)


@require_POST
def answer_question(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    question = question_to_answer(holder, public_id)
    form = AnswerForm(request.POST, prefix=question.public_id)
    if form.is_valid():
        with beside(form):
            questions.answer(question, words=form.cleaned_data["answer"], by=request.user)
            if form.cleaned_data["note"]:
                questions.note(
                    question.assignment.round.codebook,
                    words=form.cleaned_data["note"],
                    by=request.user,
                    type_code=question.type,
                    field=question.field,
                )
            messages.success(
                request, f"{question.assignment.coder.label} finds the answer in the workspace."
            )
            return redirect("questions", slug)
    return _page(request, holder, refused={question.pk: form}, status=status_of(form))


@require_POST
def withdraw_note(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    questions.withdraw_note(note_for(holder, public_id), by=request.user)
    messages.success(request, "The note is withdrawn; coders see it no longer.")
    return redirect("questions", slug)


def _page(request, holder: Pass, refused: dict[int, AnswerForm] | None = None, status: int = 200):
    own, open_ones, answered = [], [], []
    for question in visible_questions(holder).order_by("-asked_at"):
        if question.assignment.coder_id == holder.membership.pk:
            own.append(Asked(question, about(question)))
            continue
        form = (refused or {}).get(question.pk) or AnswerForm(
            prefix=question.public_id, initial={"answer": question.answer}
        )
        (answered if question.is_answered else open_ones).append(
            Asked(question, about(question), form)
        )
    notes = CodebookNote.objects.filter(codebook__project=holder.project, withdrawn_at=None)
    context = {
        "own": own,
        "open": open_ones[::-1],
        "answered": answered[:MOST_ANSWERED],
        "notes": notes.select_related("codebook", "made_by").order_by("-id"),
    }
    return render(request, "coding/questions.html", context, status=status)


def about(question: Question) -> str:
    """What a question is about, with the codebook's labels: “Military aid: Amount”."""
    parsed = question.assignment.round.codebook.parsed
    if not question.type:
        return "a passage" if question.quote else "the document"
    known = next((one for one in parsed.types if one.code == question.type), None)
    if known is None:
        return question.type
    named = next((f for f in parsed.fields_of(known.code) if f.name == question.field), None)
    return f"{known.label}: {named.label}" if named else str(known.label)
