-- The tables of Lumbung. Every table leads with the district, so that one upload touches one shard.
-- Times are seconds since 1970 (`_s`), codes of areas are numbers, actors are 64 bits in a signed column.
-- The same tables as in postgres/0001_start; a test compares the two catalogues.

-- One row: this life of the server's data. A restore or a detected rollback writes a new epoch and a fresh actor.
CREATE TABLE server (
    id INTEGER NOT NULL,
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    parent_epoch BLOB CHECK (length(parent_epoch) = 16),
    actor INTEGER NOT NULL,
    created_at_s INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (id = 1)
) STRICT;

-- Somebody who signs in or carries a phone. `label` is a short handle the admin chose, never needed to be a name.
CREATE TABLE person (
    district INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    login TEXT NOT NULL,
    password_hash TEXT,
    role INTEGER NOT NULL,
    worker BLOB CHECK (length(worker) = 16),
    label TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at_s INTEGER NOT NULL,
    PRIMARY KEY (district, id),
    UNIQUE (login)
) STRICT;

-- Who works where, and since when. Rows are ended, never removed: authority is judged by the time of the work.
CREATE TABLE assignment (
    district INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    area INTEGER NOT NULL,
    from_s INTEGER NOT NULL,
    until_s INTEGER,
    PRIMARY KEY (district, person, area, from_s),
    FOREIGN KEY (district, person) REFERENCES person (district, id)
) STRICT;

-- An installation, known by its public key (Ed25519).
CREATE TABLE device (
    district INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    person BLOB NOT NULL CHECK (length(person) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    label TEXT NOT NULL,
    app_version TEXT NOT NULL,
    enrolled_at_s INTEGER NOT NULL,
    revoked_at_s INTEGER,
    last_seen_s INTEGER,
    unsent INTEGER,
    clock_offset_s INTEGER,
    PRIMARY KEY (district, id),
    UNIQUE (id),
    UNIQUE (public_key),
    FOREIGN KEY (district, person) REFERENCES person (district, id)
) STRICT;

-- Numbers a device writes under, with the highest sequence held and the hash of the chain up to it.
CREATE TABLE actor (
    district INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    device BLOB NOT NULL CHECK (length(device) = 16),
    seq INTEGER NOT NULL,
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    since_s INTEGER NOT NULL,
    heard_at_s INTEGER,
    backed_up_seq INTEGER NOT NULL,
    PRIMARY KEY (actor),
    FOREIGN KEY (district, device) REFERENCES device (district, id)
) STRICT;
CREATE INDEX actor_by_device ON actor (district, device);

-- One-time codes, by their SHA-256: the code itself is shown once and stored nowhere.
CREATE TABLE code (
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    district INTEGER NOT NULL,
    purpose INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    issued_by BLOB CHECK (length(issued_by) = 16),
    issued_at_s INTEGER NOT NULL,
    expires_at_s INTEGER NOT NULL,
    used_at_s INTEGER,
    used_by BLOB CHECK (length(used_by) = 16),
    PRIMARY KEY (hash),
    FOREIGN KEY (district, person) REFERENCES person (district, id)
) STRICT;

-- Version counter of an area: its row lock orders everything written there.
CREATE TABLE area (
    district INTEGER NOT NULL,
    area INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    records INTEGER NOT NULL,
    PRIMARY KEY (district, area)
) STRICT;

-- Merged state of each record, at the version of its area when it last changed.
CREATE TABLE record (
    district INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    area INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    version INTEGER NOT NULL,
    day INTEGER,
    state BLOB NOT NULL,
    PRIMARY KEY (district, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_by_area ON record (district, area, version);

-- The log: one row per accepted upload, body compressed.
CREATE TABLE upload (
    district INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    received_at_s INTEGER NOT NULL,
    clock_offset_s INTEGER NOT NULL,
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    body BLOB NOT NULL,
    PRIMARY KEY (district, actor, first_seq)
) STRICT;

-- Changes that edited a record made by another change: the way from a record to its history.
CREATE TABLE touch (
    district INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) = 16),
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (district, record, actor, seq)
) STRICT, WITHOUT ROWID;

-- Edits (or whole changes) that could not be applied, until a person decides.
CREATE TABLE quarantine (
    district INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    field INTEGER NOT NULL,
    element BLOB NOT NULL,
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    area INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    record BLOB CHECK (length(record) = 16),
    reason INTEGER NOT NULL,
    received_at_s INTEGER NOT NULL,
    decided_at_s INTEGER,
    decided_by BLOB CHECK (length(decided_by) = 16),
    decision INTEGER,
    PRIMARY KEY (district, actor, seq, field, element)
) STRICT;
CREATE INDEX quarantine_by_area ON quarantine (district, area);

-- Derived from records: open cases a person must look at.
CREATE TABLE conflict (
    district INTEGER NOT NULL,
    area INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) = 16),
    field INTEGER NOT NULL,
    element BLOB NOT NULL,
    kind INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    since_version INTEGER NOT NULL,
    PRIMARY KEY (district, record, field, element, cause)
) STRICT;
CREATE INDEX conflict_by_area ON conflict (district, area);

-- Ranges of changes a device had to pass over, until they are filled.
CREATE TABLE loss (
    district INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    noted_at_s INTEGER NOT NULL,
    filled_at_s INTEGER,
    PRIMARY KEY (district, actor, first_seq)
) STRICT;

-- Prebuilt snapshot of an area for a first sync.
CREATE TABLE snapshot (
    district INTEGER NOT NULL,
    area INTEGER NOT NULL,
    version INTEGER NOT NULL,
    etag BLOB NOT NULL CHECK (length(etag) = 16),
    body BLOB NOT NULL,
    PRIMARY KEY (district, area)
) STRICT;

-- Keys of sealed values, themselves sealed. Outside data backups: destroying a key erases the person.
CREATE TABLE seal_key (
    district INTEGER NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    key_sealed BLOB NOT NULL,
    made_by_actor INTEGER NOT NULL,
    at_s INTEGER NOT NULL,
    PRIMARY KEY (district, owner)
) STRICT;

-- Records that left an area for another, at the version that the area had then.
CREATE TABLE departure (
    district INTEGER NOT NULL,
    area INTEGER NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) = 16),
    PRIMARY KEY (district, area, version)
) STRICT, WITHOUT ROWID;

-- What devices had seen of changes that went missing here: kept until a person has looked.
CREATE TABLE salvage (
    district INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) = 16),
    area INTEGER NOT NULL,
    device BLOB NOT NULL CHECK (length(device) = 16),
    at_s INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (district, actor, seq)
) STRICT;

-- Tokens by which the server matches NIK and KK without holding them in the open.
CREATE TABLE match_token (
    district INTEGER NOT NULL,
    token BLOB NOT NULL CHECK (length(token) = 16),
    record BLOB NOT NULL CHECK (length(record) = 16),
    field INTEGER NOT NULL,
    PRIMARY KEY (district, token, record, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_token_by_record ON match_token (district, record);

-- Who did what: append only, each row hashed over the one before.
CREATE TABLE access_log (
    district INTEGER NOT NULL,
    n INTEGER NOT NULL,
    at_s INTEGER NOT NULL,
    person BLOB CHECK (length(person) = 16),
    device BLOB CHECK (length(device) = 16),
    action TEXT NOT NULL,
    area INTEGER,
    detail TEXT NOT NULL,
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (district, n)
) STRICT;

-- Last row of each district's access log; its row lock orders the log.
CREATE TABLE access_head (
    district INTEGER NOT NULL,
    n INTEGER NOT NULL,
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (district)
) STRICT;
