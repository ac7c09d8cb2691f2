//! The checker: silent on the schema that ships, and at the right line on each that was broken by one cell.

use schema::load::Files;
use schema::rules::RuleFiles;
use schema::{Fault, Rules, Schema, check};
use std::borrow::Cow;

fn texts(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn the_schema_that_ships_is_sound() {
    assert_eq!(texts(&check::faults(Schema::builtin())), Vec::<String>::new());
}

#[test]
fn the_rules_that_ship_are_sound() {
    assert_eq!(texts(&check::rule_faults(Rules::builtin(), Schema::builtin())), Vec::<String>::new());
    assert_eq!(Rules::builtin().indicators.len(), 78);
}

/// `text` with the cell of `column` in the first line that has `row` in one of its first three cells.
fn with_cell(text: &str, row: &str, column: &str, cell: &str) -> Cow<'static, str> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heading = reader.headers().expect("heading").clone();
    let at = heading.iter().position(|name| name == column).expect(column);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for line in reader.records() {
        lines.push(line.expect("line").iter().map(str::to_owned).collect());
    }
    let line = lines.iter_mut().find(|line| line[..3].iter().any(|cell| cell == row)).expect(row);
    assert_ne!(line[at], cell, "{row}.{column} is so already");
    line[at] = cell.to_owned();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&heading).expect("heading");
    lines.iter().for_each(|line| writer.write_record(line).expect("line"));
    String::from_utf8(writer.into_inner().expect("CSV")).expect("UTF-8").into()
}

/// The built-in files with one cell changed.
fn broken(file: &'static str, row: &str, column: &str, cell: &str) -> Files {
    let mut files = Files::builtin();
    let text = match file {
        "kinds" => &mut files.kinds,
        "sections" => &mut files.sections,
        "enumerations" => &mut files.enumerations,
        "flags" => &mut files.flags,
        "sources" => &mut files.sources,
        kind => files.fields.get_mut(kind).expect(kind),
    };
    *text = with_cell(text, row, column, cell);
    files
}

/// File, line and column that are broken; the cell; where the fault must point (`kind.field`) and what it says.
const BROKEN: &[(&str, &str, &str, &str, &str, &str)] = &[
    // Numbers, names, labels.
    ("household", "hamlet", "number", "3", "household.hamlet", "number that is taken"),
    ("household", "hamlet", "number", "0", "household.hamlet", "number 0"),
    ("household", "hamlet", "number", "400", "household.rw", "behind a higher number"),
    ("household", "hamlet", "number", "", "household.hamlet", "has no number"),
    ("household", "hamlet", "field", "Hamlet", "household.Hamlet", "is no name"),
    ("household", "hamlet", "field", "address", "household.address", "name that is taken"),
    ("household", "hamlet", "label_id", "", "household.hamlet", "no label"),
    ("household", "hamlet", "label_en", " ", "household.hamlet", "no label"),
    ("kinds", "member", "number", "4", "member", "number that is taken"),
    ("kinds", "member", "label_en", "", "member", "no label"),
    ("enumerations", "standing", "number", "1", "measure_position.standing", "number that is taken"),
    ("enumerations", "standing", "code", "lying", "measure_position.lying", "name that is taken"),
    ("enumerations", "standing", "code", "Berdiri", "measure_position.Berdiri", "is no name"),
    ("enumerations", "standing", "label_id", "", "measure_position.standing", "no label"),
    ("enumerations", "standing", "risk", "high", "measure_position.standing", "neither ok nor risk"),
    ("enumerations", "standing", "enumeration", "lonely", "lonely", "used by no field"),
    ("enumerations", "standing", "exclusive", "maybe", "measure_position.standing", "neither yes nor no"),
    ("enumerations", "standing", "source", "Z9", "measure_position.standing", "is no source"),
    // Names of other things.
    ("visit", "target_group", "list", "target_groups", "visit.target_group", "no enumeration"),
    ("visit", "subject_id", "list", "person", "visit.subject_id", "no kind"),
    ("visit", "kie_topics", "key", "code:topics", "visit.kie_topics", "no enumeration"),
    ("visit", "child_weight.measured_by", "list", "scales", "visit.child_weight", "no enumeration"),
    ("visit", "catin_weight", "section", "bride", "visit.catin_weight", "no section"),
    ("visit", "catin_weight", "section", "child", "visit.catin_weight", "does not begin with"),
    ("sections", "catin", "label_en", "", "visit.catin", "no label"),
    ("sections", "catin", "kind", "visits", "visits.catin", "is of no kind"),
    // Conditions.
    ("visit", "kie_topics", "when", "kie_was_given", "visit.kie_topics", "no field of this kind"),
    ("visit", "kie_topics", "when", "target_group = toddler", "visit.kie_topics", "which it never shows"),
    ("visit", "kie_topics", "when", "visit_date > 3", "visit.kie_topics", "no number"),
    ("visit", "kie_topics", "when", "gps.height filled", "visit.kie_topics", "no part"),
    ("visit", "kie_topics", "when", "subject_id = yes", "visit.kie_topics", "neither code nor number"),
    ("visit", "kie_topics", "when", "kie_topics = asi", "visit.kie_topics", "asks for itself"),
    ("member", "death_date", "when", "nik = 1", "member.death_date", "which is sealed"),
    ("visit", "kie_topics", "when", "", "visit.kie_topics", "condition that is missing"),
    // Policies.
    ("visit", "kie_topics", "merge", "LWW", "visit.kie_topics", "its policy is SET_UNION"),
    ("visit", "visit_place", "merge", "SET_UNION", "visit.visit_place", "is no set"),
    ("visit", "visit_place", "merge", "APPEND", "visit.visit_place", "is no list"),
    ("visit", "visit_place", "merge", "MAX", "visit.visit_place", "no larger value"),
    ("visit", "visit_place", "merge", "EARLIEST", "visit.visit_place", "no earliest value"),
    ("visit", "visit_place", "merge", "PRIORITY(true)", "visit.visit_place", "no yes or no"),
    ("visit", "alive", "merge", "PRIORITY(yes)", "visit.alive", "leaves codes out"),
    ("visit", "alive", "merge", "PRIORITY(yes>no>yes)", "visit.alive", "leaves codes out"),
    ("visit", "alive", "merge", "PRIORITY(yes>never)", "visit.alive", "is no code"),
    ("visit", "visit_place", "merge", "REVIEW_TOL(1)", "visit.visit_place", "is no number"),
    ("visit", "child_weight", "merge", "REVIEW_TOL(0)", "visit.child_weight", "no tolerance"),
    ("visit", "child_weight", "merge", "REVIEW_TOL(0.001)", "visit.child_weight", "does not fit the scale"),
    ("visit", "visit_place", "merge", "REVIEW_SIM(0.85)", "visit.visit_place", "is no text"),
    ("member", "full_name", "merge", "REVIEW_SIM(2)", "member.full_name", "similarity that cannot be"),
    ("visit", "visit_place", "merge", "VOTE", "visit.visit_place", "no merge policy"),
    // Keys of records and of seals.
    ("risk_screening", "round", "merge", "REVIEW", "risk_screening.round", "make it IMMUTABLE"),
    ("risk_screening", "round", "required", "O", "risk_screening.round", "make it required"),
    (
        "kinds",
        "risk_screening",
        "identity",
        "natural(household_id|year)",
        "risk_screening",
        "no field of this kind",
    ),
    ("kinds", "risk_screening", "identity", "natural(round|round)", "risk_screening", "a field twice"),
    ("kinds", "household", "seal_owner", "", "household", "no key for them"),
    ("kinds", "meal_session", "seal_owner", "itself", "meal_session", "nothing to seal"),
    ("kinds", "visit", "seal_owner", "visit_date", "visit", "no immutable, required reference"),
    ("kinds", "visit", "writers", "", "visit", "nobody may write it"),
    ("kinds", "visit", "writers", "kader|district_viewer", "visit", "only reads"),
    ("kinds", "conflict_case", "writers", "plkb", "conflict_case", "not written on devices"),
    // Personal data.
    ("member", "nik", "sealed", "no", "member.nik", "is an identity number: seal it"),
    ("member", "nik", "sensitivity", "1", "member.nik", "its sensitivity is 2"),
    ("member", "full_name", "sealed", "no", "member.full_name", "is a personal text"),
    ("household", "location", "sealed", "no", "household.location", "where somebody lives"),
    ("household", "hamlet", "sealed", "yes", "household.hamlet", "sealed, so it is personal"),
    ("visit", "kie_topics", "sealed", "yes", "visit.kie_topics", "an element cannot be sealed"),
    ("visit", "visit_place", "sensitivity", "3", "visit.visit_place", "unknown sensitivity"),
    // Ranges.
    (
        "meal_session",
        "portions_cooked",
        "hard",
        "9..1",
        "meal_session.portions_cooked",
        "ends before it begins",
    ),
    (
        "meal_session",
        "portions_cooked",
        "soft",
        "5..6000",
        "meal_session.portions_cooked",
        "beyond the hard one",
    ),
    (
        "meal_session",
        "portions_cooked",
        "hard",
        "0..1.5",
        "meal_session.portions_cooked",
        "does not fit the type",
    ),
    ("visit", "alive", "hard", "0..1", "visit.alive", "only numbers, texts, dates and months"),
    ("visit", "child_length.cm", "hard", "99.0..38.0", "visit.child_length.cm", "ends before it begins"),
    ("visit", "visit_date", "elements", "1..2", "visit.visit_date", "empty `elements`"),
    ("household", "hamlet", "hard", "1..", "household.hamlet", "text without end"),
    // Groups.
    (
        "visit",
        "child_length.position",
        "field",
        "child_length.cm",
        "visit.child_length.cm",
        "name that is taken",
    ),
    ("visit", "child_length.position", "label_id", "", "visit.child_length.position", "no label"),
    ("visit", "child_length", "type", "text", "visit.child_length.cm", "is no group"),
    ("visit", "child_illness_2w", "type", "group", "visit.child_illness_2w", "is a set: its type is bool"),
    ("visit", "mbg_received", "type", "group", "visit.mbg_received", "fewer than two parts"),
    // Flags.
    ("visit", "visit_date", "flags", "too_late", "visit.visit_date", "no flag"),
    ("visit", "visit_date", "flags", "within_days", "visit.visit_date", "needs a number of days"),
    ("visit", "visit_date", "flags", "not_in_future(3)", "visit.visit_date", "nothing in brackets"),
    (
        "meal_session",
        "portions_discarded",
        "flags",
        "not_above(menu_ids)",
        "meal_session.portions_discarded",
        "the name of a field of the same type",
    ),
    ("visit", "visit_place", "flags", "not_in_future", "visit.visit_place", "cannot judge"),
    ("flags", "nik_form", "label_en", "", "nik_form", "lacks a label"),
    ("flags", "nik_form", "parameter", "weeks", "nik_form", "unknown parameter"),
    ("flags", "nik_form", "flag", "nik_shape", "member.nik", "no flag"),
    ("flags", "missing", "flag", "absent", "missing", "needs its line"),
    // Required, written by, since.
    ("visit", "child_waz", "required", "R", "visit.child_waz", "cannot be required of a phone"),
    ("visit", "visit_place", "since", "0", "visit.visit_place", "since counts from 1"),
    ("visit", "visit_place", "since", "2", "visit.visit_place", "raise records/VERSION"),
    ("worker", "role", "writers", "", "worker.role", "say which roles"),
    ("worker", "role", "writers", "kader", "worker.role", "take kader and midwife away"),
    ("visit", "visit_no", "writers", "plkb", "visit.visit_no", "empty `writers`"),
    ("visit", "visit_place", "source", "G99", "visit.visit_place", "is no source"),
];

#[test]
fn each_broken_cell_is_found_where_it_stands() {
    let mut missed = Vec::new();
    for (file, row, column, cell, at, says) in BROKEN {
        let found = check::load(&broken(file, row, column, cell)).err().unwrap_or_default();
        let place = |fault: &Fault| match fault.part.as_str() {
            "" => fault.about.clone(),
            part => format!("{}.{part}", fault.about),
        };
        let about = at.split('.').next().expect("about");
        let expected_file = |fault: &Fault| match *file {
            // What depends on a broken list, flag or kind may be found where it is used.
            "enumerations" | "flags" | "kinds" | "sections" => {
                fault.file == format!("records/{file}.csv") || fault.file == format!("records/{about}.csv")
            }
            kind => fault.file == format!("records/{kind}.csv"),
        };
        let hit = found
            .iter()
            .any(|fault| place(fault) == *at && fault.says.contains(says) && expected_file(fault));
        if !hit {
            missed.push(format!("{file}, {row}: {column} = `{cell}` gave {:#?}", texts(&found)));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_version_a_file_or_a_line_too_many_is_refused() {
    let mut files = Files::builtin();
    files.version = "0".into();
    assert_eq!(texts(&check::load(&files).expect_err("version 0")), ["records/VERSION: counts from 1"]);
    files.version = "one".into();
    assert!(texts(&check::load(&files).expect_err("no number"))[0].contains("one whole number"));
    let mut files = Files::builtin();
    files.fields.insert("ghost", files.fields["transfer"].clone());
    assert!(
        texts(&check::load(&files).expect_err("no kind"))[0].starts_with("records/ghost.csv: is of no kind")
    );
    let mut files = Files::builtin();
    files.fields.remove("transfer");
    assert!(texts(&check::load(&files).expect_err("no file"))[0].contains("transfer: has no file"));
    let mut files = Files::builtin();
    let double = files.flags.lines().nth(1).expect("a line").to_owned();
    files.flags = format!("{}{double}\n", files.flags).into();
    assert!(texts(&check::load(&files).expect_err("twice"))[0].contains("stands twice"));
}

fn rules(change: impl FnOnce(&mut RuleFiles)) -> Vec<String> {
    let mut files = RuleFiles::builtin();
    change(&mut files);
    match Rules::load(&files) {
        Ok(rules) => texts(&check::rule_faults(&rules, Schema::builtin())),
        Err(fault) => vec![fault.to_string()],
    }
}

/// Rules file by name, then as in [`BROKEN`].
const BROKEN_RULES: &[(&str, &str, &str, &str, &str)] = &[
    ("thresholds", "tall", "lower", "2", "haz.tall: overlaps"),
    ("thresholds", "tall", "lower_op", ">=", "haz.tall: overlaps"),
    ("thresholds", "tall", "lower", "4", "haz.tall: leaves numbers out"),
    ("thresholds", "tall", "lower_op", "<", "haz.tall: `<` is no sign for this end"),
    ("thresholds", "tall", "upper", "9", "haz.tall: `` is no sign for this end"),
    ("thresholds", "tall", "lower", "3.001", "haz.tall: `3.001` is no number"),
    ("thresholds", "tall", "category", "normal", "haz.normal: has a name that is taken"),
    ("thresholds", "tall", "topic", "height", "height.tall: is of no topic"),
    ("thresholds", "tall", "source", "Z9", "haz.tall: `Z9` is no source"),
    ("topics", "kpsp", "covers_all", "yes", "kpsp: lacks classes"),
    ("topics", "kpsp", "label_id", "", "kpsp: lacks a label"),
    ("visits", "catin", "default", "no", "catin: needs one default plan"),
    ("visits", "catin", "target_group", "bride", "bride: is no code of target_group"),
    ("visits", "catin", "from_day", "9", "catin: plans no visits, or ends"),
    ("doses", "je", "basic", "yes", "je: is given in some districts only"),
    ("doses", "je", "code", "japan", "je: is an immunisation without a due day"),
    ("doses", "bcg", "due_day", "999", "opv1: is due before the dose above it"),
    ("bands", "28", "gest_week", "27", "week 27: does not follow"),
    ("bands", "28", "fundus_low_cm", "", "line 21: has one end of a band"),
    ("indicators", "NUT-2", "id", "NUT-1", "NUT-1: has an id that is taken"),
    ("indicators", "NUT-2", "id", "stunting", "stunting: has no id"),
    ("indicators", "NUT-2", "denominator", "", "NUT-2: is a share of nothing"),
    ("indicators", "NUT-2", "source", "Z9", "`Z9` is no source"),
    ("indicators", "NUT-2", "status", "sure", "NUT-2: has an unknown status"),
    ("risk", "too_young", "when", "mother_age < 20", "screening_p9.too_young: `mother_age` is no fact"),
    ("risk", "too_young", "factor", "water", "screening_p9.water: has a name that is taken"),
    ("risk", "too_young", "role", "target", "is the second target"),
    ("risk", "pregnancy", "role", "counts", "pregnancy_g1.pregnancy: a version is one line `target`"),
    ("points", "pokja", "points", "2", "pokja: gives points in falling steps"),
    ("points", "pokja", "when", "", "pokja: gives points in falling steps"),
    ("points", "pokja", "when", "pokja_money > 3", "pokja: `pokja_money` is no fact"),
    ("points", "pokja", "index", "outcome", "pokja: `outcome` is no index"),
    ("classes", "no", "input", "yes", "needs each of the eight combinations once"),
    ("classes", "no", "class", "maju", "maju: is no code of kkb_class"),
];

#[test]
fn each_broken_rule_is_found_where_it_stands() {
    for (file, row, column, cell, says) in BROKEN_RULES {
        let found = rules(|files| {
            let text = match *file {
                "topics" => &mut files.topics,
                "thresholds" => &mut files.thresholds,
                "bands" => &mut files.pregnancy_bands,
                "visits" => &mut files.visit_schedule,
                "doses" => &mut files.immunization_schedule,
                "risk" => &mut files.krs_rules,
                "points" => &mut files.kampung_kb_points,
                "classes" => &mut files.kampung_kb_classes,
                _ => &mut files.indicators,
            };
            *text = with_cell(text, row, column, cell);
        });
        assert!(
            found.iter().any(|text| text.contains(says)),
            "{file}, {row}: {column} = `{cell}`: {found:#?}"
        );
    }
}
