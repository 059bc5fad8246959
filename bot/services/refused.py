"""Saying no for a named reason."""


class Refused(Exception):  # it is an answer to a person, not an error of the program
    """Nothing was changed, and `key` with its arguments says why and what to type instead.

    `field` names the block of a form that it is about; the message then appears in the form.
    """

    def __init__(self, key: str, /, *, field: str | None = None, **args: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.args_of_key = args


class Misfilled(Refused):
    """A form with more than one thing to mend, each said at its own field."""

    def __init__(self, problems: list[Refused]) -> None:
        first = problems[0]
        super().__init__(first.key, field=first.field, **first.args_of_key)
        self.problems = problems
