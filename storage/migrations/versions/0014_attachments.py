"""What a document of minutes says beside the lines has its keywords and attachments too."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for name in ("keywords", "attachments"):
        op.add_column("meeting", sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False))
