"""What whoever runs a night holds, and until when a run of Airflow keeps its place between two steps."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table ops.night_lock ();
        comment on table ops.night_lock is 'never a row: it is locked, which takes the rights of the loader';
        alter table ops.run add column kept_until timestamptz;
        comment on column ops.run.kept_until is
            'until when no other run may begin while no step works; null for a run by command, whose process holds the lock'
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.night_lock; alter table ops.run drop column kept_until")
