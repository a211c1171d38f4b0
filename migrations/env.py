"""Runs migrations on the connection the application gives. The schema is that of every room's models."""

from alembic import context

import deliberation.models
import surveys.models
from commons.db import Base, guard

__all__ = ("deliberation", "surveys")

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
    guard(connection)
connection.commit()
