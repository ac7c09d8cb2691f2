//! What the book keeps when records change, and how it stands a whole village.

use crate::made::{Fields, TODAY, Village, code, edits_of, text};
use care::Book;
use fieldwork::{Phones, Writer, keys_of_seed};
use schema::{Rules, Schema, Value};
use sync_core::record::deletion;
use sync_core::{ActorId, Change, Closed, Dot, Opener, Origin, Place, Record, RecordId, SealKey};

/// Opens with the keys of a seed.
struct Keys<F: Fn(RecordId) -> SealKey>(F);

impl<F: Fn(RecordId) -> SealKey> Opener for Keys<F> {
    fn open(&self, owner: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        (self.0)(owner).open(dot, place, value)
    }
}

#[test]
fn a_changed_record_is_read_again_and_a_deleted_one_goes() {
    let mut village = Village::new();
    let (old, new) = (village.family("Slamet"), village.family("Budi"));
    let mut record =
        Record::of_change(&village.change("member", TODAY, &[("household_id", Value::Ref(old.0))]));
    let id = record.id;
    village.book.put(&record, &Closed, true);
    let mut move_to = village.change("member", TODAY, &[("household_id", Value::Ref(new.0))]);
    (move_to.record, move_to.edits) = (id, move_to.edits.split_off(1));
    assert!(record.apply(&move_to));
    village.book.put(&record, &Closed, true);
    let people = |village: &Village, id| village.book.family(id, TODAY).expect("a family").members.len();
    assert_eq!((people(&village, old), people(&village, new)), (0, 1));

    let origin = Origin { dot: Dot::new(ActorId(7), 90), ..record.origins()[0] };
    let edits = vec![deletion(&record, ActorId(7), Vec::new())];
    let delete = Change { origin, record: id, kind: record.kind, edits };
    let mut deleted = record.clone();
    deleted.apply(&delete);
    let before = village.book.records();
    village.book.put(&deleted, &Closed, false);
    assert_eq!((village.book.records(), people(&village, new)), (before - 1, 0));

    // Somebody else wrote what the deleter had not seen: it stays, and a person must look.
    let kind = Schema::builtin().kind_named("member").expect("kind");
    let origin = Origin { dot: Dot::new(ActorId(8), 1), ..origin };
    let unseen = Change {
        origin,
        record: id,
        kind: kind.number,
        edits: edits_of(kind, &[("full_name", text("Ayu"))]),
    };
    deleted.apply(&unseen);
    village.book.put(&deleted, &Closed, false);
    assert_eq!(people(&village, new), 1);
    assert!(village.book.rows("member", "ayu", TODAY)[0].contested);
}

#[test]
fn fields_in_which_people_saw_different_things_are_named() {
    let mut village = Village::new();
    let change = village.change("household", TODAY, &[("head_name", text("Slamet")), ("rt", text("1"))]);
    let mut record = Record::of_change(&change);
    let kind = Schema::builtin().kind_named("household").expect("kind");
    for (actor, name) in [(8, "Slamet Riyadi"), (9, "Budi Santoso")] {
        let origin = Origin { dot: Dot::new(ActorId(actor), 1), ..change.origin };
        let edits = edits_of(kind, &[("head_name", text(name))]);
        record.apply(&Change { origin, record: record.id, kind: kind.number, edits });
    }
    village.book.put(&record, &Closed, false);
    assert_eq!(village.book.family(record.id, TODAY).expect("a family").contested, ["head_name"]);
}

#[test]
fn a_whole_village_is_taken_in_and_answers() {
    let population = fixtures::Population::new(7).families_per_village(40);
    let village = population.village(3_507_162_013, TODAY).expect("on the list");
    let mut phones = Phones::new(7, &village);
    let writer = Writer { schema: Schema::builtin(), key_of: &keys_of_seed(7) };
    phones.register(&writer, &village).expect("the village speaks the schema");
    phones.week(&writer, &village.week(TODAY)).expect("the week speaks the schema");
    let mut book = Book::new(Schema::builtin(), Rules::builtin());
    let changes: Vec<&Change> = phones.all().flat_map(|phone| &phone.series).collect();
    for change in &changes {
        book.put(&Record::of_change(change), &Keys(keys_of_seed(7)), false);
    }
    assert!(book.records() <= changes.len() && book.records() > 200);
    let families = book.families(&care::FamilyFilter::default(), TODAY);
    assert_eq!(families.len(), village.households.len());
    assert!(families.iter().all(|family| !family.head.is_empty()));
    assert!(families.iter().any(|family| family.at_risk == Some(true)));
    let today = book.today(TODAY, &[]);
    assert!(!today.due.is_empty() && today.due.is_sorted_by_key(|due| due.day));
    let mut measured = 0;
    for family in &families {
        let family = book.family(family.id, TODAY).expect("a family");
        assert_eq!(family.row.people, family.members.iter().filter(|one| !one.groups.is_empty()).count());
        for member in &family.members {
            let person =
                serde_json::to_string(&book.person(member.id, TODAY).expect("a person")).expect("JSON");
            assert!(!has_identity_number(&person), "a NIK is never shown");
            measured += usize::from(book.growth(member.id).is_some());
        }
    }
    assert!(measured > 0, "somebody was measured this week");
    let kitchens = book.rows("dashat_kitchen", "", TODAY);
    assert!(!kitchens.is_empty() && kitchens.iter().all(|row| !row.title.is_empty()));
    assert!(!book.contacts().is_empty() && !book.colleagues(phones.area).is_empty());
}

/// Sixteen digits in a row, as in a NIK.
fn has_identity_number(text: &str) -> bool {
    text.as_bytes().split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() == 16)
}

#[test]
fn a_letter_is_for_whom_it_names_and_for_nobody_who_wrote_it() {
    let mut village = Village::new();
    let (kader, office) = (village.author, RecordId::of_dot(Dot::new(ActorId(8), 1)));
    let write = |village: &mut Village, sort: &str, day, text_of: &str, more: Fields| {
        let mut fields = vec![("message_type", code("message_type", sort)), ("text", text(text_of))];
        fields.extend_from_slice(more);
        village.put("message", day, &fields)
    };
    write(&mut village, "question", TODAY, "Kapan rapat?", &[]);
    village.author = office;
    write(&mut village, "question", TODAY - 2, "Apakah Ayu pindah?", &[("to_worker", Value::Ref(kader.0))]);
    write(&mut village, "notice", TODAY - 1, "Rapat Senin", &[]);
    write(&mut village, "notice", TODAY, "Untuk Lastri", &[("to_worker", Value::Ref(office.0))]);
    write(&mut village, "question", TODAY, "Sudah selesai", &[("closed", Value::Bool(true))]);
    let letters = |workers: &[RecordId]| -> Vec<(&'static str, String)> {
        let letters = village.book.messages(workers).into_iter();
        letters.map(|(word, seen)| (word, seen.title)).collect()
    };
    let said = |word, text: &str| (word, text.to_owned());
    assert_eq!(letters(&[kader]), [said("message", "Rapat Senin"), said("question", "Apakah Ayu pindah?")]);
    assert_eq!(letters(&[office]), [said("question", "Kapan rapat?")], "her own are no news to her");
}
