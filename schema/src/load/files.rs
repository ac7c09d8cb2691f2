//! The files a schema is made of, compiled in.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Texts of the files under `schema/records/`.
#[derive(Debug, Clone)]
pub struct Files {
    /// `VERSION`: rises with every published change of a file beside it.
    pub version: Cow<'static, str>,
    /// `kinds.csv`.
    pub kinds: Cow<'static, str>,
    /// `sections.csv`.
    pub sections: Cow<'static, str>,
    /// `enumerations.csv`.
    pub enumerations: Cow<'static, str>,
    /// `flags.csv`.
    pub flags: Cow<'static, str>,
    /// `sources.csv`.
    pub sources: Cow<'static, str>,
    /// `<kind>.csv` by kind.
    pub fields: BTreeMap<&'static str, Cow<'static, str>>,
}

/// The file of each kind by its name: a new kind is a new word here.
macro_rules! kinds {
    ($($kind:literal),* $(,)?) => {
        BTreeMap::from([
            $(($kind, Cow::Borrowed(include_str!(concat!("../../records/", $kind, ".csv"))))),*
        ])
    };
}

impl Files {
    /// The files that were compiled in.
    pub fn builtin() -> Files {
        Files {
            version: include_str!("../../records/VERSION").into(),
            kinds: include_str!("../../records/kinds.csv").into(),
            sections: include_str!("../../records/sections.csv").into(),
            enumerations: include_str!("../../records/enumerations.csv").into(),
            flags: include_str!("../../records/flags.csv").into(),
            sources: include_str!("../../records/sources.csv").into(),
            fields: kinds![
                "worker",
                "tpk_team",
                "accompaniment_target",
                "household",
                "member",
                "risk_screening",
                "couple",
                "pregnancy",
                "visit",
                "dashat_kitchen",
                "menu_recipe",
                "meal_session",
                "uppka_group",
                "uppka_sale",
                "education_session",
                "kampung_kb",
                "kampung_kb_profile",
                "kampung_kb_monthly",
                "kampung_kb_activity",
                "rumah_dataku",
                "lokmin_meeting",
                "lokmin_commitment",
                "weekly_signoff",
                "conflict_case",
                "conflict_decision",
                "same_person",
                "same_record",
                "transfer",
                "message",
                "consent",
                "access_log",
            ],
        }
    }
}
