//! The roads by which merged states travel.

use super::script::Way;
use sync_core::{Bounds, Epoch, Page, Record};

/// More than any script needs.
pub const ROOMY: Bounds = Bounds { changes_max: 100_000, bytes_max: 1 << 26, numbers_max: 1 << 26 };

/// States as they come out at the other end.
pub fn travelled(states: &[Record], way: Way) -> Vec<Record> {
    match way {
        Way::Stored => states
            .iter()
            .map(|state| {
                let mut bytes = Vec::new();
                state.put_state(&mut bytes);
                Record::of_state(state.id, &bytes).expect("the bytes just written")
            })
            .collect(),
        Way::Bundled => {
            let page = Page { cursor: "somewhere".to_owned(), ..Page::of_records(Epoch(1), states.to_vec()) };
            let read = Page::of_bytes(&page.clone().into_bytes(), &ROOMY).expect("the page just written");
            // Of a record that nobody wrote anything to there is nothing to send.
            let sent: Vec<&Record> = states.iter().filter(|state| !state.origins().is_empty()).collect();
            assert_eq!(read.records.iter().collect::<Vec<_>>(), sent);
            read.records
        }
        _ => states.to_vec(),
    }
}
