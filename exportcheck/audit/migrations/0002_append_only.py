"""Second lock of the audit log: the database itself refuses to change or delete what was recorded (SQLite and PostgreSQL)."""

from django.db import migrations

# What of an event never changes. A redaction sets body and salt to null together and leaves all else; the chain covers
# the body's hash, so it still verifies.
KEPT = ("id", "chain", "seq", "at", "actor_id", "actor_label", "action", "subject", "origin", "body_hash", "previous", "hash")

SQLITE = (
    """
    CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON audit_auditevent
    WHEN NOT ({same} AND NEW.body IS NULL AND NEW.salt IS NULL AND OLD.salt IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END
    """,
    """
    CREATE TRIGGER audit_event_undeleted BEFORE DELETE ON audit_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END
    """,
    """
    CREATE TRIGGER audit_chain_grows BEFORE UPDATE ON audit_auditchain
    WHEN NOT (NEW.id = OLD.id AND NEW.name = OLD.name AND NEW.length = OLD.length + 1)
    BEGIN SELECT RAISE(ABORT, 'audit chains only grow'); END
    """,
    """
    CREATE TRIGGER audit_chain_undeleted BEFORE DELETE ON audit_auditchain
    BEGIN SELECT RAISE(ABORT, 'audit chains are never deleted'); END
    """,
)
SQLITE_TRIGGERS = ("audit_event_unchanged", "audit_event_undeleted", "audit_chain_grows", "audit_chain_undeleted")

POSTGRESQL = (
    """
    CREATE FUNCTION audit_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION 'audit events are never deleted'; END IF;
      IF {same} AND NEW.body IS NULL AND NEW.salt IS NULL AND OLD.salt IS NOT NULL THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'audit events are never changed';
    END $$
    """,
    """
    CREATE FUNCTION audit_chain_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION 'audit chains are never deleted'; END IF;
      IF NEW.id = OLD.id AND NEW.name = OLD.name AND NEW.length = OLD.length + 1 THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'audit chains only grow';
    END $$
    """,
    "CREATE TRIGGER audit_event_guard BEFORE UPDATE OR DELETE ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION audit_event_guard()",
    "CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON audit_auditevent FOR EACH STATEMENT EXECUTE FUNCTION audit_event_guard()",
    "CREATE TRIGGER audit_chain_guard BEFORE UPDATE OR DELETE ON audit_auditchain FOR EACH ROW EXECUTE FUNCTION audit_chain_guard()",
    "CREATE TRIGGER audit_chain_kept BEFORE TRUNCATE ON audit_auditchain FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_guard()",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS audit_event_guard ON audit_auditevent",
    "DROP TRIGGER IF EXISTS audit_event_kept ON audit_auditevent",
    "DROP TRIGGER IF EXISTS audit_chain_guard ON audit_auditchain",
    "DROP TRIGGER IF EXISTS audit_chain_kept ON audit_auditchain",
    "DROP FUNCTION IF EXISTS audit_event_guard()",
    "DROP FUNCTION IF EXISTS audit_chain_guard()",
)


def lock(_apps, schema_editor):
    """Make the triggers."""
    if schema_editor.connection.vendor == "postgresql":
        same, statements = "NEW.{0} IS NOT DISTINCT FROM OLD.{0}", POSTGRESQL
    else:
        same, statements = "NEW.{0} IS OLD.{0}", SQLITE
    # SQL of ours alone, no value from outside.
    kept = " AND ".join(same.format(column) for column in KEPT)
    for statement in statements:
        schema_editor.execute(statement.replace("{same}", kept), params=None)


def unlock(_apps, schema_editor):
    """Drop the triggers."""
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL_DROP
    else:
        statements = tuple(f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE_TRIGGERS)
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(lock, unlock)]
