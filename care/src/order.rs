//! Putting lists in order.
//!
//! The rule this module protects: *every list is sorted by one sort*: each kind of list would otherwise bring a sort of its
//! own into the program that a phone loads, and a sort is thousands of bytes.

use std::cmp::Ordering;
use std::mem;

/// Sorts, equal ones staying in the order in which they are.
pub(crate) fn sort<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other) != Ordering::Greater) {
        return;
    }
    let places = in_order(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut unsorted: Vec<Option<T>> = mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| unsorted[place].take()));
}

/// The places `0..count` in the order that `compare` says.
fn in_order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_equal_ones_keep_their_order() {
        let mut items: Vec<String> = ["b1", "a1", "c", "a2", "b2", "a3"].map(str::to_owned).into();
        sort(&mut items, |one, other| one[..1].cmp(&other[..1]));
        assert_eq!(items, ["a1", "a2", "a3", "b1", "b2", "c"]);
        let mut none: Vec<String> = Vec::new();
        sort(&mut none, String::cmp);
        assert!(none.is_empty());
    }
}
