//! Records by the names of their fields, as a phone would save them.

use care::Book;
use schema::{Register, Registers, Rules, Schema, Value, ValueType};
use sync_core::record::birth;
use sync_core::{
    ActorId, AreaCode, Change, Closed, Context, Dot, Edit, Element, Origin, Record, RecordId, Stamp,
};

/// The village.
pub const AREA: AreaCode = AreaCode(3_507_162_013);
/// Today: Friday, 27 November 2026.
pub const TODAY: i32 = 20_784;

/// A book, and the phone that writes into it.
pub struct Village {
    pub book: Book,
    pub seq: u64,
    pub author: RecordId,
}

/// Fields of a record: name, element, value.
pub type Fields<'a> = &'a [(&'a str, Value)];

impl Village {
    pub fn new() -> Village {
        assert_eq!(schema::calendar::day("2026-11-27"), Some(TODAY));
        let book = Book::new(Schema::builtin(), Rules::builtin());
        let mut village = Village { book, seq: 0, author: RecordId::of_dot(Dot::new(ActorId(9), 1)) };
        village.author = village.put(
            "worker",
            TODAY - 700,
            &[
                ("full_name", text("Kader Melati")),
                ("role", code("worker_role", "kader")),
                ("phone", text("081200000001")),
                ("active", Value::Bool(true)),
            ],
        );
        village
    }

    /// The change that saves a new record on a day; its id is that of the change.
    pub fn change(&mut self, kind: &str, day: i32, fields: Fields) -> Change {
        self.seq += 1;
        let dot = Dot::new(ActorId(7), self.seq);
        let kind = Schema::builtin().kind_named(kind).expect("kind");
        let mut edits = vec![birth()];
        edits.extend(edits_of(kind, fields));
        let at_s = i64::from(day) * 86_400 + 3600;
        let origin = Origin {
            dot,
            stamp: Stamp::of_second(at_s),
            author: self.author,
            device_time_s: at_s,
            area: AREA,
            form_version: 1,
            distrusted: false,
        };
        Change { origin, record: RecordId::of_dot(dot), kind: kind.number, edits }
    }

    /// Saves a new record on a day.
    pub fn put(&mut self, kind: &str, day: i32, fields: Fields) -> RecordId {
        let change = self.change(kind, day, fields);
        self.book.put(&Record::of_change(&change), &Closed, false);
        change.record
    }

    /// A family of neighbourhood unit 3, registered two years ago.
    pub fn family(&mut self, head: &str) -> RecordId {
        self.put(
            "household",
            TODAY - 700,
            &[
                ("head_name", text(head)),
                ("rt", text("03")),
                ("rw", text("1")),
                ("registered_on", Value::Date(TODAY - 700)),
                ("residence_status", code("residence_status", "resident")),
            ],
        )
    }

    /// Somebody who was born on a day, and more about her.
    pub fn member(
        &mut self,
        household: RecordId,
        name: &str,
        sex: &str,
        birth: i32,
        more: Fields,
    ) -> RecordId {
        let mut fields = vec![
            ("household_id", Value::Ref(household.0)),
            ("full_name", text(name)),
            ("sex", code("sex", sex)),
            ("birth_date", group(&[Value::Date(birth), code("date_precision", "day")])),
        ];
        fields.extend_from_slice(more);
        self.put("member", TODAY - 600, &fields)
    }

    /// A wife of 27 years.
    pub fn wife(&mut self, household: RecordId, name: &str) -> RecordId {
        let married = [
            ("relationship", code("relationship", "wife")),
            ("marital_status", code("marital_status", "married")),
        ];
        self.member(household, name, "F", TODAY - 10_000, &married)
    }

    /// A visit at which the person was met, and what was seen.
    pub fn visit(&mut self, person: RecordId, group: &str, day: i32, more: Fields) -> RecordId {
        let fields = visit_fields(person, group, day, more);
        self.put("visit", day, &fields)
    }

    /// Groups of a person on a day.
    pub fn groups(&self, person: RecordId, day: i32) -> Vec<String> {
        let person = self.book.person(person, day).expect("a person");
        let json = serde_json::to_value(person.row.groups).expect("JSON");
        serde_json::from_value(json).expect("names")
    }
}

/// The fields of a visit at which the person was met; `more` may say otherwise.
pub fn visit_fields<'a>(person: RecordId, group: &str, day: i32, more: Fields<'a>) -> Vec<(&'a str, Value)> {
    let mut fields = vec![
        ("subject_id", Value::Ref(person.0)),
        ("target_group", code("target_group", group)),
        ("visit_date", Value::Date(day)),
    ];
    if more.iter().all(|(name, _)| *name != "met_in_person") {
        fields.push(("met_in_person", Value::Bool(true)));
    }
    fields.extend_from_slice(more);
    fields
}

/// Calls `ask` with the registers of a form that shows these fields.
pub fn with_form<T>(kind: &str, fields: Fields, ask: impl FnOnce(u16, Registers) -> T) -> T {
    let kind = Schema::builtin().kind_named(kind).expect("kind");
    let edits = edits_of(kind, fields);
    let registers: Vec<Register> = edits
        .iter()
        .map(|edit| Register { field: edit.field, element: edit.element, value: &edit.value })
        .collect();
    ask(kind.number, Registers::new(&registers))
}

/// Edits of named fields; `name=code` is an element of a set.
pub fn edits_of(kind: &schema::Kind, fields: Fields) -> Vec<Edit> {
    let edit = |(name, value): &(&str, Value)| {
        let (name, element) = name.split_once('=').map_or((*name, None), |(name, code)| (name, Some(code)));
        let field = kind.field_named(name).unwrap_or_else(|| panic!("{name}"));
        let element = match (element, &field.shape) {
            (Some(id), schema::Shape::Map(_)) => Element::Ref(id.parse::<RecordId>().expect("a record").0),
            (Some(name), schema::Shape::Set(schema::ElementType::Code(list))) => {
                let list = Schema::builtin().list(list).expect("list");
                Element::Code(list.code_named(name).expect("code").number)
            }
            _ => Element::Whole,
        };
        Edit { field: field.number, element, context: Context::default(), value: value.clone() }
    };
    let mut edits: Vec<Edit> = fields.iter().map(edit).collect();
    edits.sort_by_key(|edit| (edit.field, edit.element));
    edits
}

pub fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub fn group(parts: &[Value]) -> Value {
    Value::Group(parts.into())
}

pub fn code(list: &str, name: &str) -> Value {
    let code = Schema::builtin().enumeration(list).and_then(|list| list.code_named(name));
    Value::Code(code.unwrap_or_else(|| panic!("{list}.{name}")).number)
}

/// A measured decimal and who measured it, as groups such as `child_weight` hold it.
pub fn measured(units: i64) -> Value {
    group(&[Value::Decimal(units), code("measured_by", "cadre")])
}

/// A length, how it was taken and by whom.
pub fn length(tenths_cm: i64, position: &str) -> Value {
    group(&[Value::Decimal(tenths_cm), code("measure_position", position), code("measured_by", "cadre")])
}

/// A value as the name of its code, or as it is.
pub fn said(kind: &str, field: &str, values: &[(sync_core::Place, Value)]) -> Option<String> {
    let field = Schema::builtin().kind_named(kind)?.field_named(field)?;
    let value = values.iter().find(|((number, _), _)| *number == field.number).map(|(_, value)| value)?;
    Some(match (value, &field.value) {
        (Value::Code(number), ValueType::Code(list)) => {
            Schema::builtin().list(list)?.code(*number)?.name.clone()
        }
        (Value::Int(number) | Value::Decimal(number), _) => number.to_string(),
        (Value::Date(day), _) => schema::calendar::day_text(*day)?,
        (Value::Bool(yes), _) => yes.to_string(),
        (Value::Text(text), _) => text.to_string(),
        _ => return None,
    })
}
