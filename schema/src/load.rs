//! From files to [`Schema`].
//!
//! The rule this module protects: *what is not understood is refused, never skipped.* A word that no rule knows, a
//! number that does not fit its scale, a column too many: each is a [`Fault`] that names file, kind and field.

pub(crate) mod cell;
mod field;
mod files;

pub use files::Files;

use crate::fault::Fault;
use crate::model::{
    Code, Condition, Enumeration, Field, Flag, Identity, Keeping, Kind, Label, Schema, SealOwner, Section,
};
use cell::Cell;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(Deserialize)]
struct KindRow {
    number: u16,
    name: String,
    label_id: String,
    label_en: String,
    area: String,
    identity: String,
    keeping: String,
    writers: String,
    seal_owner: String,
    note: String,
}

#[derive(Deserialize)]
struct SectionRow {
    kind: String,
    section: String,
    label_id: String,
    label_en: String,
    when: String,
}

#[derive(Deserialize)]
struct CodeRow {
    enumeration: String,
    number: u16,
    code: String,
    label_id: String,
    label_en: String,
    exclusive: String,
    risk: String,
    source: String,
}

#[derive(Deserialize)]
struct FlagRow {
    flag: String,
    parameter: String,
    label_id: String,
    label_en: String,
    meaning: String,
}

#[derive(Deserialize)]
struct SourceRow {
    mark: String,
    source: String,
}

/// What the marks in the column `source` stand for, by mark.
pub type Sources = BTreeMap<String, String>;

impl Schema {
    /// The schema that was compiled in.
    ///
    /// # Panics
    /// Never in a built program: a test of this crate loads and checks these very files.
    #[expect(clippy::expect_used, reason = "the files are part of the program, and a test loads them")]
    pub fn builtin() -> &'static Schema {
        static BUILTIN: OnceLock<Schema> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Schema::load(&Files::builtin()).expect("the files under schema/records are sound")
        })
    }

    /// Reads a schema from its files. Whether it is consistent is for [`crate::check::faults`] to say.
    ///
    /// # Errors
    /// The first thing that could not be read.
    pub fn load(files: &Files) -> Result<Schema, Fault> {
        let version = files.version.trim().parse::<u16>();
        let version = version.map_err(|_| Fault::file("records/VERSION", "must hold one whole number"))?;
        let sources = sources(files)?;
        let enumerations = enumerations(files, &sources)?;
        let lines = rows::<KindRow>("records/kinds.csv", &files.kinds)?;
        no_stray(files, &lines)?;
        let kinds = lines.iter().map(|row| kind(files, row, version, &enumerations, &sources));
        let kinds = kinds.collect::<Result<_, _>>()?;
        Ok(Schema { version: version.into(), kinds, enumerations, flags: flags(files)? })
    }
}

/// Every line of a file as a `Row`; a line that does not fit names itself.
pub(crate) fn rows<Row: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<Row>, Fault> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.map_err(|error| Fault::file(file, error.to_string()))).collect()
}

/// What the source marks of the files stand for.
///
/// # Errors
/// A line that could not be read, or a mark that stands twice.
pub fn sources(files: &Files) -> Result<Sources, Fault> {
    sources_of(&files.sources)
}

pub(crate) fn sources_of(text: &str) -> Result<Sources, Fault> {
    let mut sources = Sources::new();
    for row in rows::<SourceRow>("records/sources.csv", text)? {
        if let Some(_double) = sources.insert(row.mark.clone(), row.source) {
            return Err(Fault::about(
                "records/sources.csv",
                &row.mark,
                "this mark stands twice: keep one line",
            ));
        }
    }
    Ok(sources)
}

fn enumerations(files: &Files, sources: &Sources) -> Result<Vec<Enumeration>, Fault> {
    const FILE: &str = "records/enumerations.csv";
    let mut lists: BTreeMap<String, Enumeration> = BTreeMap::new();
    for row in rows::<CodeRow>(FILE, &files.enumerations)? {
        let fault = |says: String| Fault::part(FILE, &row.enumeration, &row.code, says);
        known_sources(&row.source, sources).map_err(fault)?;
        let exclusive = yes(&row.exclusive).map_err(fault)?;
        let list = lists
            .entry(row.enumeration.clone())
            .or_insert_with(|| Enumeration { name: row.enumeration.clone(), codes: Vec::new() });
        list.codes.push(Code {
            number: row.number,
            name: row.code,
            label: Label { id: row.label_id, en: row.label_en },
            exclusive,
            risk: row.risk,
        });
    }
    Ok(lists.into_values().collect())
}

fn flags(files: &Files) -> Result<BTreeMap<String, Flag>, Fault> {
    let rows = rows::<FlagRow>("records/flags.csv", &files.flags)?;
    let mut flags = BTreeMap::new();
    for row in rows {
        let flag = Flag {
            name: row.flag.clone(),
            parameter: row.parameter,
            label: Label { id: row.label_id, en: row.label_en },
            meaning: row.meaning,
        };
        if let Some(double) = flags.insert(row.flag, flag) {
            return Err(Fault::about(
                "records/flags.csv",
                &double.name,
                "this flag stands twice: keep one line",
            ));
        }
    }
    Ok(flags)
}

fn kind(
    files: &Files,
    row: &KindRow,
    version: u16,
    lists: &[Enumeration],
    sources: &Sources,
) -> Result<Kind, Fault> {
    const FILE: &str = "records/kinds.csv";
    let fault = |says: String| Fault::about(FILE, &row.name, says);
    let file = format!("records/{}.csv", row.name);
    let text = files.fields.get(row.name.as_str());
    let text = text.ok_or_else(|| fault(format!("has no file {file}: add it, and to load/files.rs")))?;
    let rows = rows::<field::FieldRow>(&file, text)?;
    let scales = field::scales(&rows);
    let sections = sections(files, &row.name, &scales)?;
    let context =
        field::Context { file: &file, kind: &row.name, lists, sources, sections: &sections, scales: &scales };
    let fields = field::fields(&context, &rows)?;
    let (area, any_area) = match row.area.strip_suffix('+') {
        Some(lowest) => (lowest, true),
        None => (row.area.as_str(), false),
    };
    Ok(Kind {
        number: row.number,
        name: row.name.clone(),
        label: Label { id: row.label_id.clone(), en: row.label_en.clone() },
        area: cell::level(area).map_err(fault)?,
        any_area,
        identity: identity(&row.identity, &fields).map_err(fault)?,
        keeping: keeping(&row.keeping).map_err(fault)?,
        writers: cell::roles(&row.writers).map_err(fault)?.unwrap_or_default(),
        seal_owner: seal_owner(&row.seal_owner, &fields).map_err(fault)?,
        sections,
        form_version: version,
        fields,
        note: row.note.clone(),
    })
}

/// Fields and sections of a kind that is not there would be skipped in silence.
fn no_stray(files: &Files, kinds: &[KindRow]) -> Result<(), Fault> {
    let is_kind = |name: &str| kinds.iter().any(|kind| kind.name == name);
    if let Some(name) = files.fields.keys().find(|name| !is_kind(name)) {
        return Err(Fault::file(
            &format!("records/{name}.csv"),
            "is of no kind: add it to records/kinds.csv",
        ));
    }
    match rows::<SectionRow>("records/sections.csv", &files.sections)?.iter().find(|row| !is_kind(&row.kind))
    {
        Some(row) => Err(Fault::part("records/sections.csv", &row.kind, &row.section, "is of no kind")),
        None => Ok(()),
    }
}

fn sections(files: &Files, kind: &str, scales: &BTreeMap<String, u8>) -> Result<Vec<Section>, Fault> {
    const FILE: &str = "records/sections.csv";
    let mut sections = Vec::new();
    for row in rows::<SectionRow>(FILE, &files.sections)? {
        if row.kind != kind {
            continue;
        }
        let when = Condition::parse(&row.when, &|name| scales.get(name).copied());
        sections.push(Section {
            when: when.map_err(|says| Fault::part(FILE, kind, &row.section, says))?,
            name: row.section,
            label: Label { id: row.label_id, en: row.label_en },
        });
    }
    Ok(sections)
}

fn identity(text: &str, fields: &[Field]) -> Cell<Identity> {
    if text == "dot" {
        return Ok(Identity::Dot);
    }
    let parts = cell::bracketed(text, "natural")
        .ok_or_else(|| format!("`{text}` is no identity: write `dot` or `natural(field|field)`"))?;
    Ok(Identity::Natural(parts.split('|').map(|name| number_of(name, fields)).collect::<Cell<_>>()?))
}

fn seal_owner(text: &str, fields: &[Field]) -> Cell<Option<SealOwner>> {
    Ok(match text {
        "" => None,
        "itself" => Some(SealOwner::Itself),
        name => Some(SealOwner::Field(number_of(name, fields)?)),
    })
}

fn number_of(name: &str, fields: &[Field]) -> Cell<u16> {
    let field = fields.iter().find(|field| field.name == name);
    field.map(|field| field.number).ok_or_else(|| format!("`{name}` is no field of this kind"))
}

fn keeping(text: &str) -> Cell<Keeping> {
    match text {
        "synced" => Ok(Keeping::Synced),
        "derived" => Ok(Keeping::Derived),
        "server" => Ok(Keeping::Server),
        _ => Err(format!("`{text}` says not who keeps it: write synced, derived or server")),
    }
}

pub(crate) fn known_sources(marks: &str, sources: &Sources) -> Cell<()> {
    let unknown = marks.split(',').find(|mark| !sources.contains_key(mark.trim()));
    match unknown {
        Some(mark) => Err(format!("`{mark}` is no source: add it to records/sources.csv")),
        None => Ok(()),
    }
}

pub(crate) fn yes(text: &str) -> Cell<bool> {
    match text {
        "yes" => Ok(true),
        "no" | "" => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}
