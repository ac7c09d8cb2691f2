//! Who may write.

use serde::{Deserialize, Serialize};

/// Who somebody is to Lumbung. Kept small: the long list of job titles is the enumeration `worker_role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Member of a family accompaniment team (TPK) or DASHAT cadre.
    Kader,
    /// Midwife of a team.
    Midwife,
    /// Family-planning field officer, about five villages.
    Plkb,
    /// Subdistrict coordinator (Korlap KB) or subdistrict admin.
    Korlap,
    /// District office (DPPKB) admin.
    DistrictAdmin,
    /// Reads the district's merged data, writes nothing.
    DistrictViewer,
}

impl Role {
    /// Every role, in order of its bit in [`Roles`].
    pub const ALL: [Role; 6] =
        [Role::Kader, Role::Midwife, Role::Plkb, Role::Korlap, Role::DistrictAdmin, Role::DistrictViewer];

    /// Name as in files, tokens and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Role::Kader => "kader",
            Role::Midwife => "midwife",
            Role::Plkb => "plkb",
            Role::Korlap => "korlap",
            Role::DistrictAdmin => "district_admin",
            Role::DistrictViewer => "district_viewer",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roles(pub u8);

impl Roles {
    /// Is `role` in the set?
    pub fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// The set with `role` added.
    #[must_use]
    pub fn with(self, role: Role) -> Roles {
        Roles(self.0 | (1 << role as u8))
    }
}
