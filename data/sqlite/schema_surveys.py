"""The schema's step for running surveys: accounts, the audit log, profiles, schedules, invitations.

SQL only; `data.sqlite.schema` registers and runs it.
"""

RUNNING_SURVEYS = """
DROP TABLE owner_link;
DROP TABLE owner_session;
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'consultant', 'leader')),
    password TEXT
);
CREATE TABLE account_grant (
    account_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    organisation_id INTEGER NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    PRIMARY KEY (account_id, organisation_id)
) WITHOUT ROWID;
CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    seen TEXT NOT NULL,
    until TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE ticket (
    hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id INTEGER REFERENCES account(id) ON DELETE CASCADE,
    until TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    organisation_id INTEGER,
    subject TEXT NOT NULL
);
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
    WHEN old.organisation_id IS NULL
         OR EXISTS (SELECT 1 FROM organisation WHERE id = old.organisation_id)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_only_continued BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE number >= new.number AND new.number > 0)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
ALTER TABLE organisation ADD COLUMN language TEXT NOT NULL DEFAULT 'de';
ALTER TABLE organisation ADD COLUMN address TEXT NOT NULL DEFAULT 'sie';
ALTER TABLE organisation ADD COLUMN swiss INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN accent TEXT;
ALTER TABLE organisation ADD COLUMN smallest_group INTEGER NOT NULL DEFAULT 5
    CHECK (smallest_group BETWEEN 5 AND 20);
ALTER TABLE organisation ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 90
    CHECK (retention_days BETWEEN 1 AND 365);
ALTER TABLE organisation ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN privacy TEXT NOT NULL DEFAULT '';
CREATE TABLE logo (
    organisation_id INTEGER PRIMARY KEY REFERENCES organisation(id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    image BLOB NOT NULL
);
ALTER TABLE wave ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE wave ADD COLUMN opens_at TEXT;
ALTER TABLE wave ADD COLUMN closes_at TEXT;
ALTER TABLE wave ADD COLUMN zone TEXT NOT NULL DEFAULT 'Europe/Berlin';
ALTER TABLE wave ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 90
    CHECK (retention_days BETWEEN 1 AND 365);
ALTER TABLE wave ADD COLUMN staff_overview INTEGER NOT NULL DEFAULT 0;
ALTER TABLE wave ADD COLUMN introduction TEXT NOT NULL DEFAULT '';
CREATE TABLE personal_invitation (
    id BLOB PRIMARY KEY,
    wave_id INTEGER NOT NULL REFERENCES wave(id),
    department_id INTEGER REFERENCES department(id),
    address TEXT,
    delivery TEXT,
    due INTEGER NOT NULL DEFAULT 0,
    used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX personal_invitation_once ON personal_invitation (wave_id, address);
CREATE TABLE personal_code (
    hash BLOB PRIMARY KEY,
    invitation_id BLOB NOT NULL REFERENCES personal_invitation(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX personal_code_of ON personal_code (invitation_id);
CREATE TABLE mailing (
    wave_id INTEGER PRIMARY KEY REFERENCES wave(id),
    at TEXT NOT NULL
);
"""
