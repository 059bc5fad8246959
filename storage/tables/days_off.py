"""Days off that people added to a country's public holidays."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import moment


class DaysOff(SQLModel, table=True):
    """Days off from `first` to `last`, both included: of all, of the side, or a person's leave (then its side is named too)."""

    __tablename__ = "day_off"

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    side_id: int | None = Field(default=None, foreign_key="side.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    first: date
    last: date
    name: str = ""
    added_by: int = Field(foreign_key="person.id")
    added_at: datetime = moment()
