//! The schema that ships.

use schema::{Identity, Policy, Role, Schema, Shape, ValueType};

#[test]
fn the_files_load() {
    let schema = Schema::builtin();
    let visit = schema.kind_named("visit").expect("visit");
    let length = visit.field_named("child_length").expect("child_length");
    let ValueType::Group(parts) = &length.value else {
        panic!("length, position and source are one register")
    };
    let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["cm", "position", "measured_by"]);
    assert_eq!(length.policy, Policy::ReviewTol { units: 5 });
    assert_eq!(parts[0].hard.map(|range| (range.min, range.max)), Some((Some(380), Some(1500))));
    assert!(matches!(visit.field_named("aid_types").map(|f| &f.shape), Some(Shape::Set(_))));
    let monthly = schema.kind_named("kampung_kb_monthly").expect("kind");
    assert_eq!(monthly.identity, Identity::Natural(vec![1, 2]));
    assert!(schema.kind_named("weekly_signoff").expect("kind").writers.contains(Role::Plkb));
}
