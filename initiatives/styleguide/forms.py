"""Forms for the style guide: one field of each kind, as they arrive and as they come back."""

from django import forms

THEMES = [
    "Cities and municipalities",
    "Climate change and disaster displacement",
    "Diaspora empowerment and engagement",
    "Diversity, inclusiveness and social cohesion",
    "Livelihood and job creation",
    "Migrant protection and assistance",
]
COUNTRIES = [
    "Albania",
    "Armenia",
    "Bangladesh",
    "Belgium",
    "Brazil",
    "France",
    "Germany",
    "Ghana",
    "Jamaica",
    "Jordan",
    "Kenya",
    "Lebanon",
    "Mexico",
    "Morocco",
    "Philippines",
    "Senegal",
    "Togo",
    "Tunisia",
    "Türkiye",
    "Uganda",
    "Uruguay",
    "Zambia",
]


class LinkForm(forms.Form):
    """One row of a formset."""

    label = forms.CharField(label="Name of the page", required=False)
    url = forms.URLField(label="Web address", assume_scheme="https")
    DELETE = forms.BooleanField(label="Remove this link", required=False)


LinkFormSet = forms.formset_factory(LinkForm, extra=0)


class SampleForm(forms.Form):
    """One field of each kind, in the order of a real form."""

    title = forms.CharField(label="Title", help_text="As its owners call it, in its own language.")
    summary = forms.CharField(
        label="Summary", help_text="Who does it, what it is, where. Two or three sentences.", widget=forms.Textarea
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        widget=forms.RadioSelect,
        choices=[("planned", "Planned"), ("ongoing", "Ongoing"), ("completed", "Completed")],
    )
    themes = forms.MultipleChoiceField(
        label="Themes",
        help_text="What it is about; one to three is usual.",
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, name) for name in THEMES],
    )
    countries = forms.MultipleChoiceField(
        label="Countries",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, name) for name in COUNTRIES],
    )
    start_year = forms.IntegerField(label="First year", required=False)
    end_year = forms.IntegerField(label="Last year", required=False)
    language = forms.ChoiceField(label="Language of the text", choices=[("en", "English"), ("ar", "العربية")])
    picture = forms.FileField(label="Picture", required=False, help_text="JPEG or PNG, 2 MB at most.")
    show_name = forms.BooleanField(
        label="My name may be shown with the entry",
        required=False,
        help_text="Otherwise it stays with the moderators.",
    )


class NoteForm(forms.Form):
    """What goes with a decision."""

    note = forms.CharField(
        label="Note to the submitter",
        help_text="Needed to ask for changes or to reject.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reply = forms.ChoiceField(
        label="Saved reply", required=False, choices=[("", "Choose…"), ("1", "Ask: who does it, and where")]
    )


def form_with_errors() -> SampleForm:
    """Return a form as it comes back: what was typed, and what is wrong."""
    form = SampleForm(
        {
            "summary": "A city safety-net programme.",
            "themes": THEMES[1:2],
            "countries": ["Uganda"],
            "start_year": "2022",
            "end_year": "2021",
            "language": "en",
        }
    )
    form.is_valid()
    form.add_error("end_year", "It is before the first year.")
    return form
