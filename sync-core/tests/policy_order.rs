//! For every policy: the answer is the same in every order, and it is the one that the rule gives when it is read aloud.

mod world;

use proptest::prelude::*;
use schema::{Field, Policy, Schema, Shape, ValueType};
use sync_core::policy::{Ground, Sibling, Verdict, resolve};
use sync_core::{Dot, Stamp, Value};
use world::{Dice, dot, values};

/// One concurrent write.
#[derive(Debug, Clone)]
struct Written {
    value: Value,
    dot: Dot,
    stamp: Stamp,
    distrusted: bool,
}

impl Written {
    fn sibling(&self) -> Sibling<'_> {
        let Written { value, dot, stamp, distrusted } = self;
        Sibling { value, dot: *dot, stamp: *stamp, distrusted: *distrusted }
    }
}

/// Fields of the schema that have such a policy.
fn fields_with(is: fn(&Policy) -> bool) -> Vec<&'static Field> {
    let fields = Schema::builtin().kinds.iter().flat_map(|kind| &kind.fields);
    fields.filter(|field| is(&field.policy)).collect()
}

/// Two to six writes to one of these fields; few values, few moments, so that ties are common.
fn siblings_of(fields: Vec<&'static Field>) -> impl Strategy<Value = (&'static Field, Vec<Written>)> {
    let write = (any::<u8>(), 0..4u64, proptest::bool::weighted(0.2));
    (proptest::sample::select(fields), proptest::collection::vec(write, 2..=6)).prop_map(|(field, writes)| {
        let written = |(actor, (pick, second, distrusted)): (u64, (u8, u64, bool))| Written {
            value: values::plain_value(Schema::builtin(), field, pick),
            dot: dot(actor, 1 + u64::from(pick % 3)),
            stamp: Stamp::of_second(second as i64),
            distrusted,
        };
        (field, (1..).zip(writes).map(written).collect())
    })
}

/// What a policy answers, if it answers the same in every order that is tried.
fn answer(field: &Field, written: &[Written], signed: Option<&Value>, seed: u64) -> (Dot, bool) {
    let ground = Ground { policy: &field.policy, value: &field.value, schema: Schema::builtin() };
    let mut order: Vec<Sibling> = written.iter().map(Written::sibling).collect();
    let mut dice = Dice(seed);
    let mut ask = || {
        dice.shuffle(&mut order);
        let Verdict { shown, review } = resolve(&ground, &order, signed);
        (order[shown].dot, review)
    };
    let first = ask();
    (0..5).for_each(|_| assert_eq!(ask(), first, "{}", field.name));
    first
}

/// The newest of those that qualify; of all when none does.
fn newest(written: &[Written], qualifies: impl Fn(&Value) -> bool) -> Dot {
    let any = written.iter().any(|one| qualifies(&one.value));
    let among = written.iter().filter(|one| !any || qualifies(&one.value));
    among.max_by_key(|one| (!one.distrusted, one.stamp, one.dot)).expect("a sibling").dot
}

fn all_equal(written: &[Written]) -> bool {
    written.iter().all(|one| one.value == written[0].value)
}

/// The number that counts: of a group the first part.
fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) | Value::Decimal(n) => Some(*n),
        Value::Date(n) | Value::Month(n) => Some(i64::from(*n)),
        Value::Group(parts) => number(&parts[0]),
        _ => None,
    }
}

macro_rules! policy {
    ($($test:ident: $is:pat => |$field:ident, $written:ident| $oracle:expr;)*) => {
        proptest! {$(
            #[test]
            fn $test(($field, $written) in siblings_of(fields_with(|policy| matches!(policy, $is))), seed in any::<u64>()) {
                let oracle: (Dot, bool) = if all_equal(&$written) {
                    (newest(&$written, |_| true), false)
                } else {
                    $oracle
                };
                prop_assert_eq!(answer($field, &$written, None, seed), oracle);
            }
        )*}
    };
}

policy! {
    immutable_shows_the_lowest_dot: Policy::Immutable => |field, written| {
        (written.iter().map(|one| one.dot).min().expect("a sibling"), true)
    };
    append_shows_the_newest: Policy::Append => |field, written| (newest(&written, |_| true), false);
    derived_shows_the_newest: Policy::Derived => |field, written| (newest(&written, |_| true), false);
    server_shows_the_newest: Policy::Server => |field, written| (newest(&written, |_| true), false);
    lww_shows_the_newest: Policy::Lww => |field, written| (newest(&written, |_| true), false);
    lww_nonnull_shows_the_newest_that_says_something: Policy::LwwNonNull => |field, written| {
        (newest(&written, |value| !value.is_null()), false)
    };
    set_union_lets_adding_win: Policy::SetUnion => |field, written| {
        (newest(&written, |value| *value == Value::Bool(true)), false)
    };
    max_shows_the_largest: Policy::Max => |field, written| {
        let largest = written.iter().filter_map(|one| number(&one.value)).max();
        (newest(&written, |value| number(value) == largest), false)
    };
    earliest_shows_the_first_day: Policy::Earliest => |field, written| {
        let first = written.iter().filter_map(|one| number(&one.value)).min();
        (newest(&written, |value| number(value) == first), false)
    };
    priority_shows_the_strongest: Policy::Priority(_) => |field, written| {
        let Policy::Priority(order) = &field.policy else { unreachable!() };
        let has = |code: &&u16| written.iter().any(|one| one.value == Value::Code(**code));
        let strongest = order.iter().find(has).map(|code| Value::Code(*code));
        (newest(&written, |value| Some(value) == strongest.as_ref()), false)
    };
    priority_true_shows_that_it_happened: Policy::PriorityTrue => |field, written| {
        (newest(&written, |value| *value == Value::Bool(true)), false)
    };
    review_tol_takes_the_better_source_of_close_values: Policy::ReviewTol { .. } => |field, written| {
        if all_pairs_close(field, &written) {
            let best = written.iter().map(|one| source(field, &one.value)).min().expect("a sibling");
            (newest(&written, |value| source(field, value) == best), false)
        } else {
            (newest(&written, |_| true), true)
        }
    };
    review_sim_asks_when_names_differ: Policy::ReviewSim { .. } => |field, written| {
        (newest(&written, |_| true), !all_pairs_alike(&written))
    };
    review_always_asks: Policy::Review => |field, written| (newest(&written, |_| true), true);
}

proptest! {
    #[test]
    fn what_was_signed_stays_on_display(
        (field, written) in siblings_of(fields_with(|policy| *policy == Policy::Review)),
        nth in any::<proptest::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let signed = &nth.get(&written).value;
        let (shown, review) = answer(field, &written, Some(signed), seed);
        let value = &written.iter().find(|one| one.dot == shown).expect("a sibling").value;
        prop_assert_eq!(value, signed);
        prop_assert_eq!(review, !all_equal(&written));
    }
}

/// A code of `measured_by` as a number: 0 is the best source.
fn source(field: &Field, value: &Value) -> usize {
    let ValueType::Group(parts) = &field.value else { return 9 };
    let at = parts.iter().position(|part| part.name == "measured_by");
    let (Some(at), Value::Group(values)) = (at, value) else { return 9 };
    let Value::Code(code) = values[at] else { return 9 };
    let list = Schema::builtin().enumeration("measured_by").expect("a list");
    let name = &*list.code(code).expect("a code").name;
    ["facility", "midwife", "posyandu", "cadre", "copied"].iter().position(|one| *one == name).unwrap_or(9)
}

/// Every two values: numbers within the tolerance, and nothing else different but the source.
fn all_pairs_close(field: &Field, written: &[Written]) -> bool {
    let Policy::ReviewTol { units } = field.policy else { unreachable!() };
    let ValueType::Group(parts) = &field.value else { unreachable!() };
    let close = |a: &Value, b: &Value| {
        let (Value::Group(a), Value::Group(b)) = (a, b) else { return false };
        let near = number(&a[0]).zip(number(&b[0])).is_some_and(|(a, b)| (a - b).abs() <= units);
        let same = |nth: usize| parts[nth].name == "measured_by" || a[nth] == b[nth];
        near && (1..parts.len()).all(same)
    };
    written.iter().all(|a| written.iter().all(|b| close(&a.value, &b.value)))
}

/// Every two names: letters to change at most 15 % of the longer one.
fn all_pairs_alike(written: &[Written]) -> bool {
    let alike = |a: &Value, b: &Value| {
        let (Value::Text(a), Value::Text(b)) = (a, b) else { return false };
        let (a, b) = (a.to_lowercase(), b.to_lowercase());
        let longest = a.chars().count().max(b.chars().count());
        longest == 0 || (longest - steps(&a, &b)) * 1000 / longest >= 850
    };
    written.iter().all(|a| written.iter().all(|b| alike(&a.value, &b.value)))
}

/// Letters to insert, take out or change, by the definition.
fn steps(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let here = (before + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], here);
        }
    }
    row[b.len()]
}

#[test]
fn sets_have_no_other_policy() {
    for kind in &Schema::builtin().kinds {
        for field in kind.fields.iter().filter(|field| matches!(field.shape, Shape::Set(_))) {
            let fits = matches!(
                field.policy,
                Policy::SetUnion | Policy::Derived | Policy::Server | Policy::Review | Policy::Immutable
            );
            assert!(fits, "{}.{}: {:?}", kind.name, field.name, field.policy);
        }
    }
}
