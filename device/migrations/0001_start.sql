-- What a device keeps. One row of `identity`; everything else hangs on numbers and ids that the protocol gives.
-- Numbers of installations are 64 unsigned bits, kept as the signed number of the same bits. Times are seconds since 1970.
CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seed BLOB NOT NULL CHECK (length(seed) = 32),      -- of the device's Ed25519 key
    server TEXT NOT NULL,                              -- base URL
    code TEXT NOT NULL,                                -- the one-time code it enrols with
    label TEXT NOT NULL,
    enrolled TEXT,                                     -- JSON: what the server answered; null until it has
    limits TEXT,                                       -- JSON: what the server takes at once
    token TEXT,
    token_from_s INTEGER NOT NULL DEFAULT 0,           -- by the device's own clock
    token_until_s INTEGER NOT NULL DEFAULT 0,
    clock_offset_s INTEGER                             -- server's clock minus the device's, at the last receipt
) STRICT;

CREATE TABLE standing (
    actor INTEGER PRIMARY KEY,
    place INTEGER NOT NULL UNIQUE,                     -- 0: the device's first number, under which it pulls
    author BLOB,                                       -- who writes under it; null: whoever has none of her own
    retired INTEGER NOT NULL DEFAULT 0,                -- 1: a twin writes under it too, nothing is saved there any more
    body TEXT NOT NULL                                 -- JSON
) STRICT;

CREATE TABLE change (
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    chain BLOB NOT NULL CHECK (length(chain) = 32),    -- of the series up to and with it
    record BLOB NOT NULL CHECK (length(record) = 16),
    body BLOB NOT NULL,                                -- a bundle of one change
    PRIMARY KEY (actor, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_record ON change (record);

CREATE TABLE receipt (
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,                                -- JSON, signed
    PRIMARY KEY (actor, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    area INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_area ON record (area, kind, digest);

CREATE TABLE key (
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    key BLOB NOT NULL CHECK (length(key) = 32),
    area INTEGER NOT NULL,
    actor INTEGER NOT NULL,                            -- that made it
    sent INTEGER NOT NULL,                             -- 1: the server has one for this owner; 2: it would not take it
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_unsent ON key (sent, area) WHERE sent = 0;

CREATE TABLE area (
    area INTEGER PRIMARY KEY,
    version INTEGER NOT NULL                           -- everything up to it has come
) STRICT;

CREATE TABLE held (
    actor INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    whole INTEGER NOT NULL,                            -- 1: the whole change; field and element are empty then
    field INTEGER NOT NULL,
    element BLOB NOT NULL,
    reason INTEGER NOT NULL,
    record BLOB,
    PRIMARY KEY (actor, seq, whole, field, element)
) STRICT, WITHOUT ROWID;

CREATE TABLE moved (
    old BLOB NOT NULL PRIMARY KEY CHECK (length(old) = 16),
    new BLOB NOT NULL CHECK (length(new) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE download (
    area INTEGER PRIMARY KEY,
    etag TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL                                 -- what has come so far
) STRICT;
