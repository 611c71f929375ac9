"""The five roles, and the salt of the pseudonyms that analysts see."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROLES = ("statutory_owner", "statutory_loader", "statutory_analyst", "statutory_identified", "statutory_reader")


def upgrade() -> None:
    for role in ROLES:
        op.execute(
            f"""
            do $$ begin
                if not exists (select 1 from pg_roles where rolname = '{role}') then
                    create role {role} nologin;
                end if;
            end $$
            """
        )
    op.execute(
        """
        create table ops.salt (
            only_row boolean primary key default true check (only_row),
            value text not null default gen_random_uuid()::text || gen_random_uuid()::text
        );
        insert into ops.salt default values;
        """
    )


def downgrade() -> None:
    op.execute("drop table ops.salt")
