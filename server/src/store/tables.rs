//! The tables as diesel sees them: the same for both databases.
//!
//! The rule this module protects: *the columns here are those of the migrations*; a test compares the catalogues of
//! both databases with each other and reads every column named here.

#![expect(missing_docs, reason = "the macros cannot carry them; schema/migrations says what each table is")]

diesel::table! {
    server (id) {
        id -> SmallInt,
        epoch -> Binary,
        parent_epoch -> Nullable<Binary>,
        actor -> BigInt,
        created_at_s -> BigInt,
    }
}

diesel::table! {
    person (district, id) {
        district -> BigInt,
        id -> Binary,
        login -> Text,
        password_hash -> Nullable<Text>,
        role -> SmallInt,
        worker -> Nullable<Binary>,
        label -> Text,
        active -> Bool,
        created_at_s -> BigInt,
    }
}

diesel::table! {
    assignment (district, person, area, from_s) {
        district -> BigInt,
        person -> Binary,
        area -> BigInt,
        from_s -> BigInt,
        until_s -> Nullable<BigInt>,
    }
}

diesel::table! {
    device (district, id) {
        district -> BigInt,
        id -> Binary,
        person -> Binary,
        public_key -> Binary,
        label -> Text,
        app_version -> Text,
        enrolled_at_s -> BigInt,
        revoked_at_s -> Nullable<BigInt>,
        last_seen_s -> Nullable<BigInt>,
        unsent -> Nullable<BigInt>,
        clock_offset_s -> Nullable<BigInt>,
    }
}

diesel::table! {
    actor (number) {
        district -> BigInt,
        #[sql_name = "actor"]
        number -> BigInt,
        device -> Binary,
        seq -> BigInt,
        chain -> Binary,
        since_s -> BigInt,
        heard_at_s -> Nullable<BigInt>,
        backed_up_seq -> BigInt,
    }
}

diesel::table! {
    code (hash) {
        hash -> Binary,
        district -> BigInt,
        purpose -> SmallInt,
        person -> Binary,
        issued_by -> Nullable<Binary>,
        issued_at_s -> BigInt,
        expires_at_s -> BigInt,
        used_at_s -> Nullable<BigInt>,
        used_by -> Nullable<Binary>,
    }
}

diesel::table! {
    area (district, code) {
        district -> BigInt,
        #[sql_name = "area"]
        code -> BigInt,
        version -> BigInt,
        digest -> Binary,
        records -> BigInt,
    }
}

diesel::table! {
    record (district, id) {
        district -> BigInt,
        id -> Binary,
        area -> BigInt,
        kind -> Integer,
        version -> BigInt,
        day -> Nullable<Integer>,
        state -> Binary,
    }
}

diesel::table! {
    upload (district, actor, first_seq) {
        district -> BigInt,
        actor -> BigInt,
        first_seq -> BigInt,
        last_seq -> BigInt,
        received_at_s -> BigInt,
        clock_offset_s -> BigInt,
        chain -> Binary,
        body -> Binary,
    }
}

diesel::table! {
    touch (district, record, actor, seq) {
        district -> BigInt,
        record -> Binary,
        actor -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    quarantine (district, actor, seq, field, element) {
        district -> BigInt,
        actor -> BigInt,
        seq -> BigInt,
        field -> Integer,
        element -> Binary,
        whole -> Bool,
        area -> BigInt,
        kind -> Integer,
        record -> Nullable<Binary>,
        reason -> SmallInt,
        received_at_s -> BigInt,
        decided_at_s -> Nullable<BigInt>,
        decided_by -> Nullable<Binary>,
        decision -> Nullable<SmallInt>,
    }
}

diesel::table! {
    conflict (district, record, field, element, cause) {
        district -> BigInt,
        area -> BigInt,
        record -> Binary,
        field -> Integer,
        element -> Binary,
        kind -> Integer,
        cause -> SmallInt,
        since_version -> BigInt,
    }
}

diesel::table! {
    loss (district, actor, first_seq) {
        district -> BigInt,
        actor -> BigInt,
        first_seq -> BigInt,
        last_seq -> BigInt,
        noted_at_s -> BigInt,
        filled_at_s -> Nullable<BigInt>,
    }
}

diesel::table! {
    snapshot (district, area) {
        district -> BigInt,
        area -> BigInt,
        version -> BigInt,
        etag -> Binary,
        body -> Binary,
    }
}

diesel::table! {
    seal_key (district, owner) {
        district -> BigInt,
        owner -> Binary,
        key_sealed -> Binary,
        made_by_actor -> BigInt,
        at_s -> BigInt,
    }
}

diesel::table! {
    departure (district, area, version) {
        district -> BigInt,
        area -> BigInt,
        version -> BigInt,
        record -> Binary,
    }
}

diesel::table! {
    salvage (district, actor, seq) {
        district -> BigInt,
        actor -> BigInt,
        seq -> BigInt,
        record -> Binary,
        area -> BigInt,
        device -> Binary,
        at_s -> BigInt,
        body -> Binary,
    }
}

diesel::table! {
    match_token (district, token, record, field) {
        district -> BigInt,
        token -> Binary,
        record -> Binary,
        field -> Integer,
    }
}

diesel::table! {
    access_log (district, n) {
        district -> BigInt,
        n -> BigInt,
        at_s -> BigInt,
        person -> Nullable<Binary>,
        device -> Nullable<Binary>,
        action -> Text,
        area -> Nullable<BigInt>,
        detail -> Text,
        chain -> Binary,
    }
}

diesel::table! {
    access_head (district) {
        district -> BigInt,
        n -> BigInt,
        chain -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(actor, assignment, device, person);

diesel::allow_tables_to_appear_in_same_query!(actor, loss);
diesel::allow_tables_to_appear_in_same_query!(match_token, record);
