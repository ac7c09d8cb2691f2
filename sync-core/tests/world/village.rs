//! A real series: what one phone of an invented village saved.

use fieldwork::{Phones, Writer, keys_of_seed};
use schema::Schema;
use sync_core::{Batch, Change, Mark};

/// Every change of a small village and two weeks of it, phone by phone.
pub fn series() -> Vec<Vec<Change>> {
    let population = fixtures::Population::new(7).families_per_village(6);
    let day = fixtures::calendar::day(2026, 11, 2).expect("a date");
    let village = population.village(super::DUWET.0, day).expect("on the list");
    let mut phones = Phones::new(7, &village);
    let writer = Writer { schema: Schema::builtin(), key_of: &keys_of_seed(7) };
    phones.register(&writer, &village).expect("registered");
    for week in 0..2 {
        phones.week(&writer, &village.week(day + 7 * week)).expect("a week");
    }
    phones.all().map(|phone| phone.series.clone()).collect()
}

/// The last changes of a team's phone, meals and visits among them.
pub fn batch(count: usize) -> Batch {
    let series = series().remove(1);
    let (before, changes) = series.split_at(series.len() - count);
    let actor = changes[0].origin.dot.actor;
    Batch { actor, before: Mark::start(actor).after(before), changes: changes.to_vec() }
}

/// What a bundle is before it is compressed.
pub fn raw_of(bundle: &[u8]) -> Vec<u8> {
    miniz_oxide::inflate::decompress_to_vec(bundle).expect("a bundle")
}
