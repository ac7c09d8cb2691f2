//! The shape of the schema: kinds, fields, types, ranges, policies, roles.
//!
//! Numbers (`number`) are what travels on the wire. They are never reused and never change meaning: a field whose
//! type, unit, scale, element or key role would change is a new field with a new number.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a reader sees, in both languages of the house. Indonesian comes first everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Bahasa Indonesia.
    pub id: String,
    /// English.
    pub en: String,
}

/// A language of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Bahasa Indonesia.
    Id,
    /// English.
    En,
}

impl Language {
    /// Picks the text of this language.
    pub fn pick<T>(self, id: T, en: T) -> T {
        match self {
            Language::Id => id,
            Language::En => en,
        }
    }
}

impl Label {
    /// The text of a language.
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.id, &self.en)
    }
}

/// All record kinds and enumerations, of one version.
///
/// Views are computed with the newest schema the resolver holds, and carry `version`, so that only views of one
/// version are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// Rises with every published change of any file under `schema/records/`.
    pub version: u32,
    /// Record kinds in ascending order of `number`.
    pub kinds: Vec<Kind>,
    /// Closed lists in ascending order of name.
    pub enumerations: Vec<Enumeration>,
    /// What a field may be flagged for, by name.
    pub flags: BTreeMap<String, Flag>,
}

/// A record kind: household, member, visit, meal session, ...
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Wire number, 1..=65535.
    pub number: u16,
    /// Name in `snake_case`, English, as in every layer.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// The level of the area in which its records live.
    pub area: AreaLevel,
    /// Its records may live at `area` or any level above it: a class in its village, a workshop in its district.
    pub any_area: bool,
    /// How a record gets its id.
    pub identity: Identity,
    /// Who keeps its records.
    pub keeping: Keeping,
    /// Roles that may create and edit, unless a field names its own.
    pub writers: Roles,
    /// Whose key seals its sealed values; `None` when it has no sealed field.
    pub seal_owner: Option<SealOwner>,
    /// Parts of its form, in order; empty when the form has one part.
    pub sections: Vec<Section>,
    /// Fields in ascending order of `number`.
    pub fields: Vec<Field>,
    /// Highest `since` of its fields: the newest published form version.
    pub form_version: u16,
    /// Why it is as it is, and where it comes from.
    pub note: String,
}

/// A part of a form that is asked under a condition: the section of a visit's target group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Name, and first word of its fields' names.
    pub name: String,
    /// Heading.
    pub label: Label,
    /// When it is asked; already part of the condition of each of its fields.
    pub when: Condition,
}

/// The three levels at which records live and versions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    /// Desa or kelurahan, ten digits.
    Village,
    /// Kecamatan, six digits.
    Subdistrict,
    /// Kabupaten or kota, four digits.
    District,
}

impl AreaLevel {
    /// The word of the files.
    pub fn word(self) -> &'static str {
        match self {
            AreaLevel::Village => "village",
            AreaLevel::Subdistrict => "subdistrict",
            AreaLevel::District => "district",
        }
    }
}

/// How a record of a kind gets its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// The dot (actor, sequence) of the change that created it, laid out as a UUIDv8. Doubles are found, not forced.
    Dot,
    /// Name-based UUID of the area and these fields, in this order. Each is required, immutable and never null, so
    /// two phones that write the same thing meet in one record.
    Natural(Vec<u16>),
}

/// Who keeps the records of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// Written as changes on devices, merged, synced.
    Synced,
    /// Computed from other records by everyone who needs it; never written.
    Derived,
    /// Kept by the server alone (access log); never leaves it as a record.
    Server,
}

/// Whose key seals the sealed values of a record: destroying that key erases them everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealOwner {
    /// The record's own key (household, member, worker).
    Itself,
    /// The key of the record named by this immutable reference field (the subject of a visit).
    Field(u16),
}

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

/// One field: one register, or one register per element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Wire number within the kind, 1..=65535. Number 0 is the tombstone of every kind and has no line.
    pub number: u16,
    /// Name in `snake_case`.
    pub name: String,
    /// Question or column heading.
    pub label: Label,
    /// One register, or a register per element.
    pub shape: Shape,
    /// Type of the value (for a set: always `Bool`, "is in").
    pub value: ValueType,
    /// Unit as printed, empty when there is none: `kg`, `cm`, `IDR`, `portions`.
    pub unit: String,
    /// Constants of the schema. Outside: this edit goes to quarantine.
    pub hard: Option<Range>,
    /// Constant part of "are you sure?". Outside: kept and flagged.
    pub soft: Option<Range>,
    /// Flags that depend on a clock, another field or a growth standard, judged at the believed date: names of
    /// [`Schema::flags`], with their parameter in brackets: `within_days(60)`.
    pub flags: Vec<String>,
    /// Usual number of elements of a set, map or list. Outside: flagged.
    pub elements: Option<Range>,
    /// Must it be filled? A missing one is accepted and flagged, never refused.
    pub required: Required,
    /// 0 not personal, 1 personal, 2 specific (UU PDP 27/2022 art. 4(2)) or an identity number.
    pub sensitivity: u8,
    /// Travels and rests sealed under the key of the kind's `seal_owner`.
    pub sealed: bool,
    /// What concurrent values become.
    pub policy: Policy,
    /// Roles that may write it; `None`: the kind's.
    pub writers: Option<Roles>,
    /// Part of a visit form: `catin`, `pregnant`, `postpartum`, `child`; empty for the header.
    pub section: String,
    /// First form version that has it.
    pub since: u16,
    /// Law, guide or public code it comes from, and why.
    pub note: String,
}

/// One register, or a register per element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One register.
    One,
    /// One register (of `Bool`, "is in") per element of this type.
    Set(ElementType),
    /// One register per key of this type.
    Map(ElementType),
    /// One register per line; the key is the dot that made the line.
    List,
}

/// Name of a closed list, and where it stands among [`Schema::enumerations`], so that judging a value compares one
/// name and searches none. In files and JSON it is the name alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ListName {
    name: String,
    /// A hint: [`Schema::list`] looks whether the list that stands there has this name.
    at: u16,
}

impl ListName {
    /// The name, and where it stands in `lists`, which are in ascending order of name.
    pub fn resolved(name: &str, lists: &[Enumeration]) -> ListName {
        let at = lists.binary_search_by(|list| list.name.as_str().cmp(name));
        let at = at.ok().and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX);
        ListName { name: name.to_owned(), at }
    }
}

impl std::ops::Deref for ListName {
    type Target = str;
    fn deref(&self) -> &str {
        &self.name
    }
}

impl From<String> for ListName {
    fn from(name: String) -> ListName {
        ListName { name, at: u16::MAX }
    }
}

impl From<ListName> for String {
    fn from(list: ListName) -> String {
        list.name
    }
}

impl std::fmt::Display for ListName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// What names an element of a set or map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementType {
    /// A code of the named enumeration.
    Code(ListName),
    /// A record of the named kind; of any kind when it is [`ANY_RECORD`].
    Ref(String),
    /// An area of this level.
    Area(AreaLevel),
    /// A whole number.
    Int,
}

/// In place of a kind's name in a reference: the record may be of any kind.
pub const ANY_RECORD: &str = "record";

/// Type of a value. Bytes are canonical, so equal states have equal digests; there are no floats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Yes or no.
    Bool,
    /// Whole number.
    Int,
    /// Whole number of `10^-scale` units: weight 8.05 kg at scale 2 is 805.
    Decimal {
        /// Digits after the point, 0..=6.
        scale: u8,
    },
    /// UTF-8 text.
    Text,
    /// Calendar date.
    Date,
    /// Calendar month.
    Month,
    /// Moment with the zone's offset in minutes.
    DateTime,
    /// A code of the named enumeration.
    Code(ListName),
    /// A record of the named kind; of any kind when it is [`ANY_RECORD`].
    Ref(String),
    /// An area of this level.
    Area(AreaLevel),
    /// Content hash of a photo or file (32 bytes, hex in JSON). Carrying the file comes later.
    Blob,
    /// A tuple that only means something together; one register.
    Group(Vec<Part>),
}

impl ValueType {
    /// The word of the files: `int`, `decimal(2)`, `code`, ...
    pub fn word(&self) -> String {
        match self {
            ValueType::Bool => "bool".to_owned(),
            ValueType::Int => "int".to_owned(),
            ValueType::Decimal { scale } => format!("decimal({scale})"),
            ValueType::Text => "text".to_owned(),
            ValueType::Date => "date".to_owned(),
            ValueType::Month => "month".to_owned(),
            ValueType::DateTime => "datetime".to_owned(),
            ValueType::Code(_) => "code".to_owned(),
            ValueType::Ref(_) => "ref".to_owned(),
            ValueType::Area(_) => "area".to_owned(),
            ValueType::Blob => "blob".to_owned(),
            ValueType::Group(_) => "group".to_owned(),
        }
    }
}

/// One place of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name within the group.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// Type; never a group again.
    pub value: ValueType,
    /// Unit as printed.
    pub unit: String,
    /// Constants of the schema.
    pub hard: Option<Range>,
    /// Constant part of "are you sure?".
    pub soft: Option<Range>,
    /// May not be null when the group is written.
    pub required: bool,
}

/// Something a value can be flagged for: kept and shown to a person, never refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Name in `snake_case`.
    pub name: String,
    /// What its parameter is: empty for none, `days`, or `field` for the name of another field of the record.
    pub parameter: String,
    /// What people read.
    pub label: Label,
    /// Exactly when it is raised.
    pub meaning: String,
}

/// Closed interval in the smallest unit of the type: days since 1970-01-01 for a date, months since 1970-01 for a
/// month, characters for a text, `10^-scale` units for a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Lowest allowed.
    pub min: Option<i64>,
    /// Highest allowed.
    pub max: Option<i64>,
}

impl Range {
    /// Is `n` within?
    pub fn contains(&self, n: i64) -> bool {
        self.min.is_none_or(|min| n >= min) && self.max.is_none_or(|max| n <= max)
    }
}

/// Must a field be filled?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Always.
    Always,
    /// When the condition over other fields of the record holds.
    When(Condition),
    /// Never, but the form shows it only when the condition holds (if there is one).
    Optional(Option<Condition>),
}

/// When a conditional field is asked. Written in files as `field = a|b`, `field != a`, `field` (is true or `yes`),
/// `field > 0`, `field < 0`, `field filled`, `field empty`, joined by `&` (all) or `/` (any), read left to right
/// without brackets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The field (or `field.part`) shows one of these (codes, `true`, `false`, numbers); for a set: has one of these.
    Is(String, Vec<String>),
    /// It shows none of these.
    IsNot(String, Vec<String>),
    /// It shows a number above this.
    Above(String, i64),
    /// It shows a number below this.
    Below(String, i64),
    /// It has any value.
    Filled(String),
    /// It has no value.
    Empty(String),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
}

/// What concurrent values of a field become, and whether a person must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Set once. Shows the value of the lowest dot; different values open a case.
    Immutable,
    /// Events: one register per dot, nothing is overwritten.
    Append,
    /// Computed by every node from the same inputs; never accepted from a device.
    Derived,
    /// Only PLKB, district or server write it; else as `Lww`.
    Server,
    /// Last writer wins by hybrid logical clock; actor and sequence break ties.
    Lww,
    /// As `Lww`, but empty never beats a value.
    LwwNonNull,
    /// Element of an add-wins set.
    SetUnion,
    /// The larger wins.
    Max,
    /// The earliest non-null wins (a withdrawal date).
    Earliest,
    /// Codes of the enumeration in this order, strongest first: a total order over the whole list.
    Priority(Vec<u16>),
    /// True wins.
    PriorityTrue,
    /// Largest minus smallest at most `units` (of the smallest unit): the better source is shown; else a case.
    /// On a group the first part is compared, other parts except the source must be equal.
    ReviewTol {
        /// Tolerance in the smallest unit of the type.
        units: i64,
    },
    /// Names: least similarity over all pairs at least this many per mille is `Lww`; else a case.
    ReviewSim {
        /// 850 for 0.85.
        per_mille: u16,
    },
    /// Different concurrent values open a case; the value last signed stays on display, else the last written.
    Review,
}

/// A closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enumeration {
    /// Name as in the files.
    pub name: String,
    /// Codes in ascending order of `number`.
    pub codes: Vec<Code>,
}

/// One code of a closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Wire number, 1..=65535, never reused.
    pub number: u16,
    /// Name in `snake_case`.
    pub name: String,
    /// What people read.
    pub label: Label,
    /// In a set, excludes every other code (`none`).
    pub exclusive: bool,
    /// `ok` or `risk` for water and toilet; else empty.
    pub risk: String,
}

impl Schema {
    /// The kind with this wire number.
    pub fn kind(&self, number: u16) -> Option<&Kind> {
        self.kinds.binary_search_by_key(&number, |kind| kind.number).ok().map(|i| &self.kinds[i])
    }

    /// The kind of this name.
    pub fn kind_named(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The closed list of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enumeration> {
        let at = self.enumerations.binary_search_by(|list| list.name.as_str().cmp(name));
        at.ok().map(|at| &self.enumerations[at])
    }

    /// The closed list that a type names: as [`Schema::enumeration`], without searching.
    pub fn list(&self, list: &ListName) -> Option<&Enumeration> {
        match self.enumerations.get(usize::from(list.at)) {
            Some(found) if found.name == list.name => Some(found),
            _ => self.enumeration(&list.name),
        }
    }
}

impl Kind {
    /// The field with this wire number.
    pub fn field(&self, number: u16) -> Option<&Field> {
        // Numbers are dense from 1 in nearly every kind, so the first guess is nearly always right.
        match self.fields.get(usize::from(number).wrapping_sub(1)) {
            Some(field) if field.number == number => Some(field),
            _ => self.fields.binary_search_by_key(&number, |f| f.number).ok().map(|i| &self.fields[i]),
        }
    }

    /// The field of this name.
    pub fn field_named(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    /// The type of its value, or those of the parts of its group.
    pub fn leaves(&self) -> impl Iterator<Item = &ValueType> {
        let (own, parts) = match &self.value {
            ValueType::Group(parts) => (None, parts.as_slice()),
            value => (Some(value), [].as_slice()),
        };
        own.into_iter().chain(parts.iter().map(|part| &part.value))
    }
}

impl Enumeration {
    /// The code with this wire number.
    pub fn code(&self, number: u16) -> Option<&Code> {
        // Dense from 1 in nearly every list, as the fields of a kind.
        match self.codes.get(usize::from(number).wrapping_sub(1)) {
            Some(code) if code.number == number => Some(code),
            _ => self.codes.binary_search_by_key(&number, |c| c.number).ok().map(|i| &self.codes[i]),
        }
    }

    /// The code of this name.
    pub fn code_named(&self, name: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.name == name)
    }
}
