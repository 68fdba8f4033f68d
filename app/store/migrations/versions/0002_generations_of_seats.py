"""Seats have a generation, bound to the code of the class, so that their tokens can be revoked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seats") as seats:
        seats.add_column(sa.Column("generation", sa.Integer, nullable=False, server_default="0"))
        seats.add_column(sa.Column("code", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("seats") as seats:
        seats.drop_column("code")
        seats.drop_column("generation")
