//! The reference that people read: Markdown, in both languages.
//!
//! The rule this module protects: *the documentation is made from the files, so it cannot be out of date.* Each
//! function gives one page without a trailing blank line; whoever writes the pages chooses where they go.

mod rules;
mod table;
mod words;

pub use rules::{indicators, rules};

use crate::Refusal;
use crate::model::{Condition, Field, Kind, Language, Part, Schema, SealOwner, ValueType};
use table::Table;
use words::Words;

/// Every kind with every field.
pub fn fields(schema: &Schema, language: Language) -> String {
    let title = language.pick("Jenis catatan dan isian", "Record kinds and fields");
    let mut page = format!("# {title}\n\n{}\n", generated(schema, language));
    for kind in &schema.kinds {
        page.push_str(&of_kind(kind, schema, language));
    }
    page
}

fn of_kind(kind: &Kind, schema: &Schema, language: Language) -> String {
    let words = Words { schema, language };
    let mut text = format!("\n## {}. `{}`: {}\n\n", kind.number, kind.name, kind.label.text(language));
    let facts = [
        (language.pick("Wilayah", "Area"), words.area(kind)),
        (language.pick("Identitas", "Identity"), words.identity(kind)),
        (language.pick("Penyimpanan", "Keeping"), words.keeping(kind).to_owned()),
        (language.pick("Penulis", "Writers"), words.roles(kind.writers)),
        (language.pick("Kunci segel", "Key of sealed values"), seal(kind, language)),
        (language.pick("Versi formulir", "Form version"), kind.form_version.to_string()),
        (language.pick("Catatan", "Note"), kind.note.clone()),
    ];
    for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
        text.push_str(&format!("- {name}: {fact}\n"));
    }
    for section in &kind.sections {
        let asked = condition(&section.when);
        let is_asked = language.pick("ditanyakan jika", "asked when");
        text.push_str(&format!(
            "- `{}` ({}): {is_asked} {asked}\n",
            section.name,
            section.label.text(language)
        ));
    }
    let mut table = Table::new(language.pick(
        &[
            "No",
            "Isian",
            "Label",
            "Jenis",
            "Satuan",
            "Batas keras",
            "Batas lunak",
            "Wajib",
            "Kepekaan",
            "Disegel",
            "Penggabungan",
            "Penulis",
            "Sejak",
            "Tanda",
            "Sumber dan catatan",
        ],
        &[
            "No",
            "Field",
            "Label",
            "Type",
            "Unit",
            "Hard range",
            "Soft range",
            "Required",
            "Sensitivity",
            "Sealed",
            "Merge",
            "Writers",
            "Since",
            "Flags",
            "Source and note",
        ],
    ));
    for field in &kind.fields {
        table.row(&of_field(field, &words));
        if let ValueType::Group(parts) = &field.value {
            parts.iter().for_each(|part| table.row(&of_part(field, part, &words)));
        }
    }
    text.push('\n');
    text.push_str(&table.finish());
    text
}

fn of_field(field: &Field, words: &Words) -> [String; 15] {
    [
        field.number.to_string(),
        format!("`{}`", field.name),
        field.label.text(words.language).to_owned(),
        words.shape(field),
        field.unit.clone(),
        words.range(field.hard, words.ranged(field)),
        words.range(field.soft, words.ranged(field)),
        words.required(field),
        field.sensitivity.to_string(),
        words.yes(field.sealed).to_owned(),
        words.policy(field),
        field.writers.map(|roles| words.roles(roles)).unwrap_or_default(),
        field.since.to_string(),
        words.flags(field),
        field.note.clone(),
    ]
}

fn of_part(field: &Field, part: &Part, words: &Words) -> [String; 15] {
    let mut cells = [const { String::new() }; 15];
    cells[1] = format!("`{}.{}`", field.name, part.name);
    cells[2] = part.label.text(words.language).to_owned();
    cells[3] = words.value(&part.value);
    cells[4].clone_from(&part.unit);
    cells[5] = words.range(part.hard, &part.value);
    cells[6] = words.range(part.soft, &part.value);
    cells[7] = words.yes(part.required).to_owned();
    cells
}

fn seal(kind: &Kind, language: Language) -> String {
    match &kind.seal_owner {
        None => String::new(),
        Some(SealOwner::Itself) => language.pick("milik catatan ini", "the record's own").to_owned(),
        Some(SealOwner::Field(number)) => {
            let field = kind.field(*number).map(|field| field.name.as_str()).unwrap_or_default();
            language.pick(format!("milik `{field}`"), format!("that of `{field}`"))
        }
    }
}

/// Every closed list with its codes.
pub fn enumerations(schema: &Schema, language: Language) -> String {
    let title = language.pick("Daftar pilihan", "Enumerations");
    let mut page = format!("# {title}\n\n{}\n", generated(schema, language));
    for list in &schema.enumerations {
        let mut table = Table::new(language.pick(
            &["No", "Kode", "Label", "Meniadakan yang lain", "Risiko"],
            &["No", "Code", "Label", "Excludes the others", "Risk"],
        ));
        for code in &list.codes {
            let words = Words { schema, language };
            table.row(&[
                code.number.to_string(),
                format!("`{}`", code.name),
                code.label.text(language).to_owned(),
                words.yes(code.exclusive).to_owned(),
                code.risk.clone(),
            ]);
        }
        page.push_str(&format!("\n## `{}`\n\n{}", list.name, table.finish()));
    }
    page
}

/// Every flag and every refusal.
pub fn flags(schema: &Schema, language: Language) -> String {
    let title = language.pick("Tanda dan penolakan", "Flags and refusals");
    let flagged = language.pick(
        "Tanda: nilai disimpan dan diperlihatkan kepada petugas, tidak pernah ditolak.",
        "Flags: the value is kept and shown to a person, never refused.",
    );
    let mut table = Table::new(
        language.pick(&["Tanda", "Parameter", "Label", "Kapan"], &["Flag", "Parameter", "Label", "When"]),
    );
    for flag in schema.flags.values() {
        let label = flag.label.text(language).to_owned();
        table.row(&[format!("`{}`", flag.name), flag.parameter.clone(), label, flag.meaning.clone()]);
    }
    let refused = language.pick(
        "Penolakan: isian masuk karantina dengan alasannya dan tetap tersimpan.",
        "Refusals: the edit goes to quarantine with its reason, and is kept.",
    );
    let mut refusals = Table::new(language.pick(&["No", "Nama", "Arti"], &["No", "Name", "Meaning"]));
    for refusal in Refusal::ALL {
        let label = language.pick(refusal.label_id(), refusal.label_en()).to_owned();
        refusals.row(&[refusal.number().to_string(), format!("`{refusal}`"), label]);
    }
    format!(
        "# {title}\n\n{}\n\n{flagged}\n\n{}\n{refused}\n\n{}",
        generated(schema, language),
        table.finish(),
        refusals.finish()
    )
}

fn generated(schema: &Schema, language: Language) -> String {
    language.pick(
        format!("Dibuat dari berkas di `schema/`, versi skema {}. Jangan diubah di sini.", schema.version),
        format!(
            "Made from the files under `schema/`, schema version {}. Do not edit it here.",
            schema.version
        ),
    )
}

fn condition(condition: &Condition) -> String {
    format!("`{condition}`")
}
