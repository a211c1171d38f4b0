"""What an assembly says of itself, its actors, demands and incidents, and what its sisters decided."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add three columns to `collective`, empty at first, and four tables."""
    for name in ("profile", "terms", "path"):
        op.add_column("collective", sa.Column(name, sa.Text(), server_default="{}", nullable=False))
    op.create_table(
        "actor",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_actor_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_actor")),
        sa.UniqueConstraint("assembly", "code", name=op.f("uq_actor_assembly_code")),
    )
    op.create_table(
        "demand",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('waiting','answered','closed')", name=op.f("ck_demand_state")),
        sa.CheckConstraint("state <> 'answered' OR answered IS NOT NULL", name=op.f("ck_demand_answered")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_demand_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_demand")),
        sa.UniqueConstraint("assembly", "slug", name=op.f("uq_demand_assembly_slug")),
    )
    op.create_table(
        "incident",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("threat", sa.String(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.CheckConstraint("length(month) = 7", name=op.f("ck_incident_month")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_incident_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_incident")),
    )
    op.create_table(
        "part",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_part_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_part")),
    )
