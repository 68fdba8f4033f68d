"""What Alembic runs: the migrations, on the connection that `open_database` gives."""

from alembic import context

from app.store.schema import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
