-- The tables of Lumbung. Every table leads with the district, so that one upload touches one shard.
-- Times are seconds since 1970 (`_s`), codes of areas are numbers, actors are 64 bits in a signed column.
-- The same tables as in sqlite/0001_start; a test compares the two catalogues.

-- One row: this life of the server's data. A restore or a detected rollback writes a new epoch and a fresh actor.
CREATE TABLE server (
    id SMALLINT NOT NULL,
    epoch BYTEA NOT NULL CHECK (length(epoch) = 16),
    parent_epoch BYTEA CHECK (length(parent_epoch) = 16),
    actor BIGINT NOT NULL,
    created_at_s BIGINT NOT NULL,
    PRIMARY KEY (id),
    CHECK (id = 1)
);

-- Somebody who signs in or carries a phone. `label` is a short handle the admin chose, never needed to be a name.
CREATE TABLE person (
    district BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    login TEXT NOT NULL,
    password_hash TEXT,
    role SMALLINT NOT NULL,
    worker BYTEA CHECK (length(worker) = 16),
    label TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at_s BIGINT NOT NULL,
    PRIMARY KEY (district, id),
    UNIQUE (login)
);

-- Who works where, and since when. Rows are ended, never removed: authority is judged by the time of the work.
CREATE TABLE assignment (
    district BIGINT NOT NULL,
    person BYTEA NOT NULL CHECK (length(person) = 16),
    area BIGINT NOT NULL,
    from_s BIGINT NOT NULL,
    until_s BIGINT,
    PRIMARY KEY (district, person, area, from_s),
    FOREIGN KEY (district, person) REFERENCES person (district, id)
);

-- An installation, known by its public key (Ed25519).
CREATE TABLE device (
    district BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    person BYTEA NOT NULL CHECK (length(person) = 16),
    public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
    label TEXT NOT NULL,
    app_version TEXT NOT NULL,
    enrolled_at_s BIGINT NOT NULL,
    revoked_at_s BIGINT,
    last_seen_s BIGINT,
    unsent BIGINT,
    clock_offset_s BIGINT,
    PRIMARY KEY (district, id),
    UNIQUE (id),
    UNIQUE (public_key),
    FOREIGN KEY (district, person) REFERENCES person (district, id)
);

-- Numbers a device writes under, with the highest sequence held and the hash of the chain up to it.
CREATE TABLE actor (
    district BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    device BYTEA NOT NULL CHECK (length(device) = 16),
    seq BIGINT NOT NULL,
    chain BYTEA NOT NULL CHECK (length(chain) = 32),
    since_s BIGINT NOT NULL,
    heard_at_s BIGINT,
    backed_up_seq BIGINT NOT NULL,
    PRIMARY KEY (actor),
    FOREIGN KEY (district, device) REFERENCES device (district, id)
);
CREATE INDEX actor_by_device ON actor (district, device);

-- One-time codes, by their SHA-256: the code itself is shown once and stored nowhere.
CREATE TABLE code (
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    district BIGINT NOT NULL,
    purpose SMALLINT NOT NULL,
    person BYTEA NOT NULL CHECK (length(person) = 16),
    issued_by BYTEA CHECK (length(issued_by) = 16),
    issued_at_s BIGINT NOT NULL,
    expires_at_s BIGINT NOT NULL,
    used_at_s BIGINT,
    used_by BYTEA CHECK (length(used_by) = 16),
    PRIMARY KEY (hash),
    FOREIGN KEY (district, person) REFERENCES person (district, id)
);

-- Version counter of an area: its row lock orders everything written there.
CREATE TABLE area (
    district BIGINT NOT NULL,
    area BIGINT NOT NULL,
    version BIGINT NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 16),
    records BIGINT NOT NULL,
    PRIMARY KEY (district, area)
);

-- Merged state of each record, at the version of its area when it last changed.
CREATE TABLE record (
    district BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    area BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    version BIGINT NOT NULL,
    day INTEGER,
    state BYTEA NOT NULL,
    PRIMARY KEY (district, id)
) WITH (fillfactor = 75);
CREATE INDEX record_by_area ON record (district, area, version);

-- The log: one row per accepted upload, body compressed.
CREATE TABLE upload (
    district BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    received_at_s BIGINT NOT NULL,
    clock_offset_s BIGINT NOT NULL,
    chain BYTEA NOT NULL CHECK (length(chain) = 32),
    body BYTEA NOT NULL,
    PRIMARY KEY (district, actor, first_seq)
);
ALTER TABLE upload ALTER COLUMN body SET STORAGE EXTERNAL;

-- Changes that edited a record made by another change: the way from a record to its history.
CREATE TABLE touch (
    district BIGINT NOT NULL,
    record BYTEA NOT NULL CHECK (length(record) = 16),
    actor BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (district, record, actor, seq)
);

-- Edits (or whole changes) that could not be applied, until a person decides.
CREATE TABLE quarantine (
    district BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    field INTEGER NOT NULL,
    element BYTEA NOT NULL,
    whole BOOLEAN NOT NULL,
    area BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    record BYTEA CHECK (length(record) = 16),
    reason SMALLINT NOT NULL,
    received_at_s BIGINT NOT NULL,
    decided_at_s BIGINT,
    decided_by BYTEA CHECK (length(decided_by) = 16),
    decision SMALLINT,
    PRIMARY KEY (district, actor, seq, field, element)
);
CREATE INDEX quarantine_by_area ON quarantine (district, area);

-- Derived from records: open cases a person must look at.
CREATE TABLE conflict (
    district BIGINT NOT NULL,
    area BIGINT NOT NULL,
    record BYTEA NOT NULL CHECK (length(record) = 16),
    field INTEGER NOT NULL,
    element BYTEA NOT NULL,
    kind INTEGER NOT NULL,
    cause SMALLINT NOT NULL,
    since_version BIGINT NOT NULL,
    PRIMARY KEY (district, record, field, element, cause)
);
CREATE INDEX conflict_by_area ON conflict (district, area);

-- Ranges of changes a device had to pass over, until they are filled.
CREATE TABLE loss (
    district BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    noted_at_s BIGINT NOT NULL,
    filled_at_s BIGINT,
    PRIMARY KEY (district, actor, first_seq)
);

-- Prebuilt snapshot of an area for a first sync.
CREATE TABLE snapshot (
    district BIGINT NOT NULL,
    area BIGINT NOT NULL,
    version BIGINT NOT NULL,
    etag BYTEA NOT NULL CHECK (length(etag) = 16),
    body BYTEA NOT NULL,
    PRIMARY KEY (district, area)
);
ALTER TABLE snapshot ALTER COLUMN body SET STORAGE EXTERNAL;

-- Keys of sealed values, themselves sealed. Outside data backups: destroying a key erases the person.
CREATE TABLE seal_key (
    district BIGINT NOT NULL,
    owner BYTEA NOT NULL CHECK (length(owner) = 16),
    key_sealed BYTEA NOT NULL,
    made_by_actor BIGINT NOT NULL,
    at_s BIGINT NOT NULL,
    PRIMARY KEY (district, owner)
);

-- Records that left an area for another, at the version that the area had then.
CREATE TABLE departure (
    district BIGINT NOT NULL,
    area BIGINT NOT NULL,
    version BIGINT NOT NULL,
    record BYTEA NOT NULL CHECK (length(record) = 16),
    PRIMARY KEY (district, area, version)
);

-- What devices had seen of changes that went missing here: kept until a person has looked.
CREATE TABLE salvage (
    district BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    record BYTEA NOT NULL CHECK (length(record) = 16),
    area BIGINT NOT NULL,
    device BYTEA NOT NULL CHECK (length(device) = 16),
    at_s BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (district, actor, seq)
);

-- Tokens by which the server matches NIK and KK without holding them in the open.
CREATE TABLE match_token (
    district BIGINT NOT NULL,
    token BYTEA NOT NULL CHECK (length(token) = 16),
    record BYTEA NOT NULL CHECK (length(record) = 16),
    field INTEGER NOT NULL,
    PRIMARY KEY (district, token, record, field)
);
CREATE INDEX match_token_by_record ON match_token (district, record);

-- Who did what: append only, each row hashed over the one before.
CREATE TABLE access_log (
    district BIGINT NOT NULL,
    n BIGINT NOT NULL,
    at_s BIGINT NOT NULL,
    person BYTEA CHECK (length(person) = 16),
    device BYTEA CHECK (length(device) = 16),
    action TEXT NOT NULL,
    area BIGINT,
    detail TEXT NOT NULL,
    chain BYTEA NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (district, n)
);

-- Last row of each district's access log; its row lock orders the log.
CREATE TABLE access_head (
    district BIGINT NOT NULL,
    n BIGINT NOT NULL,
    chain BYTEA NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (district)
);
