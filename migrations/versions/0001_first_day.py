"""The tables of the first day. Triggers are put in place after every migration, by `commons.db.guard`."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "assembly",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("t", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.CheckConstraint("k >= 2", name=op.f("ck_assembly_several")),
        sa.CheckConstraint("t BETWEEN 1 AND 4", name=op.f("ck_assembly_infiltrators")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly")),
        sa.UniqueConstraint("slug", name=op.f("uq_assembly_slug")),
    )
    op.create_table(
        "act",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_act_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_act")),
    )
    op.create_table(
        "card_set",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('current','retired')", name=op.f("ck_card_set_state")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_card_set_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_card_set")),
    )
    op.create_table(
        "collective",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("voices", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("quiet", sa.Text(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.CheckConstraint("alert BETWEEN 1 AND 4", name=op.f("ck_collective_alert")),
        sa.CheckConstraint("members >= 0", name=op.f("ck_collective_members")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_collective_assembly")),
        sa.PrimaryKeyConstraint("assembly", name=op.f("pk_collective")),
    )
    op.create_table(
        "facilitator",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("passphrase", sa.LargeBinary(), nullable=False),
        sa.Column("second", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("term", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_facilitator_assembly")),
        sa.PrimaryKeyConstraint("assembly", "slot", name=op.f("pk_facilitator")),
    )
    op.create_table(
        "log",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_log_assembly")),
        sa.PrimaryKeyConstraint("assembly", "seq", name=op.f("pk_log")),
    )
    op.create_table(
        "measure",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_measure_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_measure")),
        sa.UniqueConstraint("assembly", "code", name=op.f("uq_measure_assembly_code")),
    )
    op.create_table(
        "proposal",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("short", sa.Boolean(), nullable=False),
        sa.Column("survey", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stage <> 'ratification' OR (rounds > 0 AND outcome <> '')", name=op.f("ck_proposal_ratification")
        ),
        sa.CheckConstraint("rounds BETWEEN 0 AND 3", name=op.f("ck_proposal_rounds")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_proposal_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("assembly", "slug", name=op.f("uq_proposal_assembly_slug")),
    )
    op.create_table(
        "protocol",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_protocol_assembly")),
        sa.PrimaryKeyConstraint("assembly", "version", name=op.f("pk_protocol")),
    )
    op.create_table(
        "session",
        sa.Column("token", sa.LargeBinary(length=32), nullable=False),
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("idle", sa.DateTime(), nullable=False),
        sa.Column("absolute", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_session_assembly")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_session")),
    )
    op.create_table(
        "statement",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_statement_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_statement")),
    )
    op.create_table(
        "threat",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("watched", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_threat_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_threat")),
        sa.UniqueConstraint("assembly", "code", name=op.f("uq_threat_assembly_code")),
    )
    op.create_table(
        "wording",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_wording_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_wording")),
        sa.UniqueConstraint("assembly", "digest", name=op.f("uq_wording_assembly_digest")),
    )
    op.create_table(
        "approval",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("act", sa.LargeBinary(length=32), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(["assembly", "act"], ["act.assembly", "act.id"], name=op.f("fk_approval_assembly_act")),
        sa.PrimaryKeyConstraint("assembly", "act", "slot", name=op.f("pk_approval")),
    )
    op.create_table(
        "credential",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("card_set", sa.LargeBinary(length=16), nullable=False),
        sa.Column("verifier", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "card_set"], ["card_set.assembly", "card_set.id"], name=op.f("fk_credential_assembly_card_set")
        ),
        sa.PrimaryKeyConstraint("assembly", "card_set", "verifier", name=op.f("pk_credential")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("proposal", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("aloud", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("review", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('in_force','confirmed','amended','withdrawn')", name=op.f("ck_decision_state")),
        sa.ForeignKeyConstraint(
            ["assembly", "proposal"], ["proposal.assembly", "proposal.id"], name=op.f("fk_decision_assembly_proposal")
        ),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_decision_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_decision")),
        sa.UniqueConstraint("assembly", "slug", name=op.f("uq_decision_assembly_slug")),
    )
    op.create_table(
        "proposal_round",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("proposal", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("survey", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("raised", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "proposal"],
            ["proposal.assembly", "proposal.id"],
            name=op.f("fk_proposal_round_assembly_proposal"),
        ),
        sa.PrimaryKeyConstraint("assembly", "proposal", "number", name=op.f("pk_proposal_round")),
    )
    op.create_table(
        "proposal_text",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("proposal", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "proposal"],
            ["proposal.assembly", "proposal.id"],
            name=op.f("fk_proposal_text_assembly_proposal"),
        ),
        sa.PrimaryKeyConstraint("assembly", "proposal", "version", name=op.f("pk_proposal_text")),
    )
    op.create_table(
        "reply",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("proposal", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("raised", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("how IN ('answered','merged','recorded')", name=op.f("ck_reply_how")),
        sa.ForeignKeyConstraint(
            ["assembly", "proposal"], ["proposal.assembly", "proposal.id"], name=op.f("fk_reply_assembly_proposal")
        ),
        sa.PrimaryKeyConstraint("assembly", "proposal", "number", "raised", name=op.f("pk_reply")),
    )
    op.create_table(
        "survey",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=True),
        sa.Column("box_key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("nullifier_key", sa.LargeBinary(), nullable=True),
        sa.Column("card_set", sa.LargeBinary(length=16), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state = 'draft' OR fingerprint IS NOT NULL", name=op.f("ck_survey_frozen")),
        sa.CheckConstraint(
            "state IN ('draft','open','ended','closed','counted','burnt')", name=op.f("ck_survey_state")
        ),
        sa.ForeignKeyConstraint(
            ["assembly", "card_set"], ["card_set.assembly", "card_set.id"], name=op.f("fk_survey_assembly_card_set")
        ),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_survey_assembly")),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_survey")),
        sa.UniqueConstraint("assembly", "card_set", "number", name=op.f("uq_survey_assembly_card_set_number")),
        sa.UniqueConstraint("assembly", "slug", name=op.f("uq_survey_assembly_slug")),
    )
    op.create_table(
        "ballot",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("nullifier", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "survey"], ["survey.assembly", "survey.id"], name=op.f("fk_ballot_assembly_survey")
        ),
        sa.PrimaryKeyConstraint("assembly", "survey", "id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("assembly", "survey", "nullifier", name=op.f("uq_ballot_assembly_survey_nullifier")),
        postgresql_partition_by="LIST (survey)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "key_share",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey", sa.LargeBinary(length=16), nullable=False),
        sa.Column("from_slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("to_slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("share", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "survey"], ["survey.assembly", "survey.id"], name=op.f("fk_key_share_assembly_survey")
        ),
        sa.PrimaryKeyConstraint("assembly", "survey", "from_slot", "to_slot", name=op.f("pk_key_share")),
        postgresql_partition_by="LIST (survey)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "survey"], ["survey.assembly", "survey.id"], name=op.f("fk_release_assembly_survey")
        ),
        sa.PrimaryKeyConstraint("assembly", "survey", "number", name=op.f("pk_release")),
    )
    op.create_table(
        "written",
        sa.Column("assembly", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "survey"], ["survey.assembly", "survey.id"], name=op.f("fk_written_assembly_survey")
        ),
        sa.PrimaryKeyConstraint("assembly", "id", name=op.f("pk_written")),
        sqlite_with_rowid=False,
    )
    # ### end Alembic commands ###
