//! The tables as diesel sees them: those of `migrations/0001_start.sql`.

diesel::table! {
    identity (one) {
        one -> BigInt,
        seed -> Binary,
        server -> Text,
        code -> Text,
        label -> Text,
        enrolled -> Nullable<Text>,
        limits -> Nullable<Text>,
        token -> Nullable<Text>,
        token_from_s -> BigInt,
        token_until_s -> BigInt,
        clock_offset_s -> Nullable<BigInt>,
    }
}

diesel::table! {
    standing (actor) {
        actor -> BigInt,
        place -> BigInt,
        author -> Nullable<Binary>,
        retired -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    change (actor, seq) {
        actor -> BigInt,
        seq -> BigInt,
        chain -> Binary,
        record -> Binary,
        body -> Binary,
    }
}

diesel::table! {
    receipt (actor, seq) {
        actor -> BigInt,
        seq -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    record (id) {
        id -> Binary,
        area -> BigInt,
        kind -> BigInt,
        digest -> Binary,
        state -> Binary,
    }
}

diesel::table! {
    key (owner, key_) {
        owner -> Binary,
        #[sql_name = "key"]
        key_ -> Binary,
        area -> BigInt,
        actor -> BigInt,
        sent -> BigInt,
    }
}

diesel::table! {
    area (code) {
        #[sql_name = "area"]
        code -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    held (actor, seq, whole, field, element) {
        actor -> BigInt,
        seq -> BigInt,
        whole -> BigInt,
        field -> BigInt,
        element -> Binary,
        reason -> BigInt,
        record -> Nullable<Binary>,
    }
}

diesel::table! {
    moved (old) {
        old -> Binary,
        new -> Binary,
    }
}

diesel::table! {
    download (area) {
        area -> BigInt,
        etag -> Text,
        version -> BigInt,
        body -> Binary,
    }
}
