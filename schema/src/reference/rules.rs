//! The pages on rules: thresholds, schedules, truth tables, indicators.

use super::table::Table;
use super::words::Words;
use super::{condition, generated};
use crate::decimal;
use crate::model::{Language, Schema};
use crate::rules::{Rules, Topic};

/// Every class of every number, when visits and immunisations are due, who is at risk, how a Kampung KB is classed.
pub fn rules(rules: &Rules, schema: &Schema, language: Language) -> String {
    let title = language.pick("Ambang dan jadwal", "Thresholds and schedules");
    let mut page = format!("# {title}\n\n{}\n\n", generated(schema, language));
    page.push_str(&thresholds(rules, language));
    page.push_str(&schedules(rules, &Words { schema, language }));
    page.push_str(&at_risk(rules, &Words { schema, language }));
    page.push_str(&kampung_kb(rules, language));
    page
}

fn schedules(rules: &Rules, words: &Words) -> String {
    let language = words.language;
    let mut page = String::new();
    let mut visits = Table::new(language.pick(
        &["Sasaran", "Kunjungan", "Dihitung dari", "Hari", "Baku", "Jadwal", "Sumber dan catatan"],
        &["Target group", "Visits", "Counted from", "Days", "Default", "Schedule", "Source and note"],
    ));
    for plan in &rules.visit_plans {
        visits.row(&[
            format!("`{}`", plan.target_group),
            plan.visits.to_string(),
            plan.counted_from.clone(),
            format!("{}..{}", plan.from_day, plan.to_day),
            words.yes(plan.default).to_owned(),
            plan.label.text(language).to_owned(),
            sourced(&plan.source, &plan.note),
        ]);
    }
    page.push_str(&format!("\n## {}\n\n{}", language.pick("Kunjungan", "Visits"), visits.finish()));
    let mut doses = Table::new(language.pick(
        &["Imunisasi", "Hari setelah lahir", "Dasar", "Hanya daerah endemis", "Sumber dan catatan"],
        &["Immunisation", "Days after birth", "Basic", "Endemic districts only", "Source and note"],
    ));
    for dose in &rules.doses {
        doses.row(&[
            format!("`{}`", dose.code),
            dose.due_day.to_string(),
            words.yes(dose.basic).to_owned(),
            words.yes(dose.endemic_only).to_owned(),
            sourced(&dose.source, &dose.note),
        ]);
    }
    page.push_str(&format!("\n## {}\n\n{}", language.pick("Imunisasi", "Immunisation"), doses.finish()));
    page
}

fn at_risk(rules: &Rules, words: &Words) -> String {
    let language = words.language;
    let mut table = Table::new(language.pick(
        &["Versi", "Faktor", "Label", "Jika", "Dihitung", "Sumber dan catatan"],
        &["Version", "Factor", "Label", "When", "Counts", "Source and note"],
    ));
    for rule in &rules.risk {
        for factor in std::iter::once(&rule.target).chain(&rule.factors) {
            table.row(&[
                format!("`{}`", rule.version),
                format!("`{}`", factor.name),
                factor.label.text(language).to_owned(),
                condition(&factor.when),
                words.yes(factor.counts).to_owned(),
                sourced(&factor.source, &factor.note),
            ]);
        }
    }
    let says = language.pick(
        "Baris pertama tiap versi menyebut keluarga sasaran; sebuah keluarga berisiko jika termasuk sasaran dan \
         sedikitnya satu faktor yang dihitung terpenuhi.",
        "The first line of a version says whom it is about; a family is at risk when it is one of them and at least \
         one factor that counts holds.",
    );
    let title = language.pick("Keluarga risiko stunting", "Families at risk of stunting");
    format!("\n## {title}\n\n{says}\n\n{}", table.finish())
}

fn kampung_kb(rules: &Rules, language: Language) -> String {
    let mut points = Table::new(language.pick(
        &["Indeks", "Indikator", "Label", "Nilai", "Jika"],
        &["Index", "Indicator", "Label", "Points", "When"],
    ));
    for indicator in &rules.kampung_kb.indicators {
        for (step, when) in &indicator.steps {
            points.row(&[
                indicator.index.clone(),
                format!("`{}`", indicator.name),
                indicator.label.text(language).to_owned(),
                step.to_string(),
                when.as_ref().map(condition).unwrap_or_default(),
            ]);
        }
    }
    let mut classes = Table::new(&["Input", "Process", "Output", language.pick("Klasifikasi", "Class")]);
    for (good, class) in &rules.kampung_kb.classes {
        let mut cells = good.map(|good| if good { "≥ 3.00" } else { "< 3.00" }.to_owned()).to_vec();
        cells.push(format!("`{class}`"));
        classes.row(&cells);
    }
    let title = language.pick("Klasifikasi Kampung KB", "Classes of Kampung KB");
    format!("\n## {title}\n\n{}\n{}", points.finish(), classes.finish())
}

fn thresholds(rules: &Rules, language: Language) -> String {
    let mut table = Table::new(language.pick(
        &["Hal", "Golongan", "Label", "Batas", "Satuan", "Sumber dan catatan"],
        &["Topic", "Class", "Label", "Bounds", "Unit", "Source and note"],
    ));
    for topic in &rules.topics {
        for category in &topic.categories {
            let end = |units: i64| decimal::text(units, topic.scale);
            let ends = [
                category.lower.map(|bound| format!("{} {}", sign(bound.inclusive, ">"), end(bound.units))),
                category.upper.map(|bound| format!("{} {}", sign(bound.inclusive, "<"), end(bound.units))),
            ];
            table.row(&[
                topic_name(topic, language),
                format!("`{}`", category.name),
                category.label.text(language).to_owned(),
                ends.into_iter().flatten().collect::<Vec<_>>().join(", "),
                topic.unit.clone(),
                sourced(&category.source, &category.note),
            ]);
        }
    }
    format!("## {}\n\n{}", language.pick("Ambang", "Thresholds"), table.finish())
}

fn topic_name(topic: &Topic, language: Language) -> String {
    format!("`{}`: {}", topic.name, topic.label.text(language))
}

fn sign(inclusive: bool, sign: &str) -> String {
    format!("{sign}{}", if inclusive { "=" } else { "" })
}

/// Every indicator with its definition.
pub fn indicators(rules: &Rules, schema: &Schema, language: Language) -> String {
    let title = language.pick("Indikator", "Indicators");
    let mut table = Table::new(language.pick(
        &[
            "ID",
            "Nama",
            "Pembilang",
            "Penyebut",
            "Satuan",
            "Tingkat",
            "Kurun",
            "Rincian",
            "Sumber",
            "Status",
            "Catatan",
        ],
        &[
            "ID",
            "Name",
            "Numerator",
            "Denominator",
            "Unit",
            "Level",
            "Period",
            "By",
            "Source",
            "Status",
            "Note",
        ],
    ));
    for one in &rules.indicators {
        let name = one.label.text(language);
        let name =
            if one.definition.is_empty() { name.to_owned() } else { format!("{name}: {}", one.definition) };
        table.row(&[
            one.id.clone(),
            name,
            one.numerator.clone(),
            one.denominator.clone(),
            one.unit.clone(),
            one.level.clone(),
            one.period.clone(),
            one.disaggregation.clone(),
            one.source.clone(),
            one.status.clone(),
            one.note.clone(),
        ]);
    }
    format!("# {title}\n\n{}\n\n{}", generated(schema, language), table.finish())
}

fn sourced(source: &str, note: &str) -> String {
    if note.is_empty() { source.to_owned() } else { format!("{note} ({source})") }
}
