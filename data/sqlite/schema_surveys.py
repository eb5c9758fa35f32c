"""The schema's step for running surveys: accounts, the audit log, profiles, schedules, invitations.

SQL only; `data.sqlite.schema` registers and runs it.
"""

RUNNING_SURVEYS = """
DROP TABLE owner_link;
DROP TABLE owner_session;
CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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

TREES_OF_WAVES = """
ALTER TABLE department ADD COLUMN wave_id INTEGER REFERENCES wave(id) ON DELETE CASCADE;
ALTER TABLE department ADD COLUMN contact INTEGER CHECK (contact IN (0, 1));
DROP INDEX department_once;
CREATE UNIQUE INDEX department_once
    ON department (organisation_id, ifnull(wave_id, 0), ifnull(parent_id, 0), name);
CREATE TABLE department_copy (
    id INTEGER PRIMARY KEY,
    wave_id INTEGER NOT NULL,
    original INTEGER NOT NULL,
    UNIQUE (wave_id, original)
);
INSERT INTO department_copy
    SELECT (SELECT max(id) FROM department)
           + row_number() OVER (ORDER BY wave.id, department.id),
           wave.id, department.id
    FROM wave JOIN department USING (organisation_id) WHERE state <> 'draft';
INSERT INTO department (id, organisation_id, parent_id, name, headcount, wave_id)
    SELECT mine.id, organisation_id, above.id, name, headcount, mine.wave_id
    FROM department_copy AS mine
    JOIN department ON department.id = mine.original
    LEFT JOIN department_copy AS above
        ON above.wave_id = mine.wave_id AND above.original = department.parent_id;
CREATE TRIGGER response_is_of_its_wave BEFORE INSERT ON response
    WHEN new.department_id IS NOT NULL AND new.wave_id IS NOT
         (SELECT wave_id FROM department WHERE id = new.department_id)
    BEGIN SELECT RAISE(ABORT, 'a department of another tree'); END;
"""
"""The organisation's own tree has no wave; every wave that was opened gets a copy of it."""

MOVE_TO_COPY = """
UPDATE {table} SET department_id = (
    SELECT id FROM department_copy AS mine
    WHERE mine.wave_id = {table}.wave_id AND mine.original = {table}.department_id
) WHERE department_id IS NOT NULL AND wave_id IN (SELECT wave_id FROM department_copy)
"""

OF_DEPARTMENTS = ("response", "comment", "invitation", "participation")
"""The tables whose rows name a department of their wave's tree."""
