"""`tft minutes --import` and what `tft doctor` says of final minutes, as an operator runs them."""

from pathlib import Path

from sqlalchemy import text

from storage import schema
from storage.database import Database
from storage.tables import Phase
from tests.ops.processes import tft
from tests.services.meeting import begun, confirmed, minutes, on_record, say, the
from tests.services.team import CHANNEL, Team, set_up

LOG = Path(__file__).parents[1] / "rules" / "data" / "minutes" / "same.txt"


def team_in(folder: Path) -> tuple[Team, str]:
    url = f"sqlite:///{folder / 'tft.db'}"
    database = Database(url)
    schema.upgrade(database)
    return set_up(database), url


def test_a_log_is_stored_as_a_meeting_and_who_is_not_known_is_said(tmp_path: Path):
    team, url = team_in(tmp_path)

    unknown = tft(tmp_path, "minutes", str(LOG), "--import", CHANNEL, "--keeper", "없는사람", DATABASE_URL=url)
    stored = tft(tmp_path, "minutes", str(LOG), "--import", CHANNEL, "--keeper", "김민지", DATABASE_URL=url)

    assert unknown.returncode != 0
    assert "--keeper" in unknown.stderr
    assert stored.returncode == 0, stored.stderr
    assert "M-1" in stored.stdout
    assert the(team).phase is Phase.ENDED
    assert minutes(team).decisions
    team.database.close()


def test_the_doctor_tells_of_final_minutes_that_are_not_as_they_were_confirmed(tmp_path: Path):
    team, url = team_in(tmp_path)
    begun(team)
    say(team, "gist member", "결정: 센터 이름을 정함")
    on_record(team)
    confirmed(team, "gist lead", "county lead")

    well = tft(tmp_path, "doctor", "--language", "ko", DATABASE_URL=url)
    with team.database.transaction() as session:
        session.execute(text("UPDATE meeting_line SET text = '결정: 센터 이름을 정한' WHERE text LIKE '결정%'"))
    ill = tft(tmp_path, "doctor", "--language", "ko", DATABASE_URL=url)

    assert "✔ 확정된 회의록 1건이 확정될 때와 같습니다" in well.stdout
    assert "✘ 확정된 회의록 1건이 확정될 때와 다릅니다: M-1 실무회의" in ill.stdout
    assert ill.returncode == 1
    team.database.close()
