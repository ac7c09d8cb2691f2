//! The reference mentions everything, in both languages.

use schema::{Language, Refusal, Rules, Schema, ValueType, reference};

/// Every table row has as many cells as its heading.
fn is_well_formed(page: &str) {
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut width = None;
    for line in page.lines() {
        width = match line.starts_with('|') {
            true => Some(*width.get_or_insert_with(|| cells(line))),
            false => None,
        };
        assert_eq!(width.unwrap_or_else(|| cells(line)), cells(line), "{line}");
    }
    assert!(page.starts_with("# ") && page.ends_with("|\n") && !page.contains("\n\n\n"));
}

#[test]
fn every_field_part_and_condition_is_mentioned() {
    let schema = Schema::builtin();
    for language in [Language::Id, Language::En] {
        let page = reference::fields(schema, language);
        is_well_formed(&page);
        let mut kinds = page.split("\n## ").skip(1);
        for kind in &schema.kinds {
            let text = kinds.next().expect("a heading for each kind");
            assert!(text.starts_with(&format!(
                "{}. `{}`: {}",
                kind.number,
                kind.name,
                kind.label.text(language)
            )));
            for field in &kind.fields {
                let row = format!("| {} | `{}` | {} |", field.number, field.name, field.label.text(language));
                assert!(text.contains(&row), "{row}");
                if let ValueType::Group(parts) = &field.value {
                    for part in parts {
                        assert!(text.contains(&format!("| `{}.{}` |", field.name, part.name)));
                    }
                }
            }
        }
        assert_eq!(kinds.next(), None);
    }
}

#[test]
fn a_row_says_what_the_line_says() {
    let page = reference::fields(Schema::builtin(), Language::En);
    for row in [
        "| 92 | `child_length` | Length or height | group |  |  |  | when `target_group = baduta\\|balita & alive != no \
         & met_in_person` | 2 |  | REVIEW_TOL(0.5) |  | 1 | `length_for_age`, `position_for_age` |",
        "|  | `child_length.cm` | Length or height | decimal(1) | cm | 38.0..150.0 |  | yes |",
        "| 1 | `kk_number` | Family card number (KK) | text |  | 16..16 characters |  |  | 2 | yes | REVIEW |",
        "| 10 | `welfare_decile` | Welfare decile | int |  | 1..10 |  |  | 2 |  | SERVER | district_admin | 1 |",
        "| 4 | `visit_date` | Visit date | date |  |  | 2021-01-01.. | always |",
        "| 7 | `present_members` | Team members present | set: ref `worker` |",
    ] {
        assert!(page.contains(row), "{row}");
    }
}

#[test]
fn every_code_flag_refusal_class_dose_and_indicator_is_mentioned() {
    let (schema, rules) = (Schema::builtin(), Rules::builtin());
    for language in [Language::Id, Language::En] {
        let lists = reference::enumerations(schema, language);
        let flags = reference::flags(schema, language);
        let thresholds = reference::rules(rules, schema, language);
        let indicators = reference::indicators(rules, schema, language);
        [&lists, &flags, &thresholds, &indicators].into_iter().for_each(|page| is_well_formed(page));
        for list in &schema.enumerations {
            assert!(lists.contains(&format!("## `{}`", list.name)));
            for code in &list.codes {
                let row = format!("| {} | `{}` | {} |", code.number, code.name, code.label.text(language));
                assert!(lists.contains(&row), "{row}");
            }
        }
        for flag in schema.flags.values() {
            assert!(flags.contains(&format!(
                "| `{}` | {} | {} |",
                flag.name,
                flag.parameter,
                flag.label.text(language)
            )));
        }
        for refusal in Refusal::ALL {
            assert!(flags.contains(&format!("| {} | `{refusal}` |", refusal.number())));
        }
        assert!(thresholds.contains("| >= -3.00, < -2.00 | SD |"), "{thresholds}");
        for topic in &rules.topics {
            assert!(thresholds.contains(&format!("| `{}`: {} |", topic.name, topic.label.text(language))));
        }
        for dose in &rules.doses {
            assert!(thresholds.contains(&format!("| `{}` | {} |", dose.code, dose.due_day)));
        }
        for rule in &rules.risk {
            for factor in &rule.factors {
                let row =
                    format!("| `{}` | `{}` | {} |", rule.version, factor.name, factor.label.text(language));
                assert!(thresholds.contains(&row), "{row}");
            }
        }
        for indicator in &rules.kampung_kb.indicators {
            assert!(thresholds.contains(&format!("| {} | `{}` |", indicator.index, indicator.name)));
        }
        assert!(thresholds.contains("| ≥ 3.00 | < 3.00 | ≥ 3.00 | `mandiri` |"));
        for indicator in &rules.indicators {
            assert!(indicators.contains(&format!("| {} | {}", indicator.id, indicator.label.text(language))));
        }
    }
}
