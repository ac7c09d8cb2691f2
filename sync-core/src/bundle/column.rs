//! Numbers, elements and values column by column.
//!
//! The rule this module protects: *like stands next to like.* All weights of a batch stand together, and all their
//! tags, so that a column that never changes costs three bytes and the compressor finds the rest.

use super::names::{Names, NamesRead};
use crate::codec::{Damaged, Reader, element_tag, put_u64, tag, unzigzag, zigzag};
use schema::{AreaCode, Element, Value};

/// Every number is the same; it follows.
const SAME: u8 = 0;
/// Varints.
const PLAIN: u8 = 1;
/// Zigzag varints of the step from the number before.
const STEPS: u8 = 2;

/// Appends a column of numbers, in whichever form is shortest.
pub(super) fn put_numbers(out: &mut Vec<u8>, numbers: &[u64]) {
    let Some(first) = numbers.first() else { return };
    if numbers.iter().all(|number| number == first) {
        out.push(SAME);
        put_u64(out, *first);
        return;
    }
    let length = |n: u64| (64 - (n | 1).leading_zeros() as usize).div_ceil(7);
    let steps = || {
        let before = std::iter::once(&0).chain(numbers);
        numbers.iter().zip(before).map(|(number, before)| zigzag(number.wrapping_sub(*before) as i64))
    };
    let plain_length: usize = numbers.iter().map(|number| length(*number)).sum();
    if steps().map(length).sum::<usize>() < plain_length {
        out.push(STEPS);
        steps().for_each(|step| put_u64(out, step));
    } else {
        out.push(PLAIN);
        numbers.iter().for_each(|number| put_u64(out, *number));
    }
}

/// What is still allowed to be unpacked, so that a few bytes cannot ask for all memory.
pub(super) struct Budget(pub(super) usize);

impl Budget {
    pub(super) fn spend(&mut self, count: usize) -> Result<(), Damaged> {
        self.0 = self.0.checked_sub(count).ok_or(super::TOO_MANY_NUMBERS)?;
        Ok(())
    }
}

/// Reads a column of `count` numbers.
pub(super) fn read_numbers(
    reader: &mut Reader,
    count: usize,
    budget: &mut Budget,
) -> Result<Vec<u64>, Damaged> {
    if count == 0 {
        return Ok(Vec::new());
    }
    budget.spend(count)?;
    match reader.byte()? {
        SAME => Ok(vec![reader.u64()?; count]),
        PLAIN => (0..count).map(|_| reader.u64()).collect(),
        STEPS => {
            let mut number = 0u64;
            let mut next = |step: u64| {
                number = number.wrapping_add(unzigzag(step) as u64);
                number
            };
            (0..count).map(|_| reader.u64().map(&mut next)).collect()
        }
        _ => Err(Damaged("no column has this form")),
    }
}

/// Appends what each element names; their field is known.
pub(super) fn put_elements(out: &mut Vec<u8>, elements: &[Element], names: &mut Names) {
    let tags: Vec<u64> = elements.iter().map(|element| u64::from(element_tag(element))).collect();
    put_numbers(out, &tags);
    let of = |number: fn(&Element) -> Option<u64>| elements.iter().filter_map(number).collect::<Vec<_>>();
    put_numbers(out, &of(|e| if let Element::Code(code) = e { Some(u64::from(*code)) } else { None }));
    let refs: Vec<_> =
        elements.iter().filter_map(|e| if let Element::Ref(id) = e { Some(*id) } else { None }).collect();
    names.put_refs(out, &refs);
    put_numbers(out, &of(|e| if let Element::Area(area) = e { Some(area.0) } else { None }));
    put_numbers(out, &of(|e| if let Element::Int(n) = e { Some(zigzag(*n)) } else { None }));
    let lines: Vec<_> = elements
        .iter()
        .filter_map(
            |e| if let Element::Line { actor, seq, nth } = e { Some((*actor, *seq, *nth)) } else { None },
        )
        .collect();
    put_numbers(out, &lines.iter().map(|line| names.actor(line.0)).collect::<Vec<_>>());
    put_numbers(out, &lines.iter().map(|line| line.1).collect::<Vec<_>>());
    put_numbers(out, &lines.iter().map(|line| u64::from(line.2)).collect::<Vec<_>>());
}

/// Reads `count` elements.
pub(super) fn read_elements(
    reader: &mut Reader,
    count: usize,
    names: &NamesRead,
    budget: &mut Budget,
) -> Result<Vec<Element>, Damaged> {
    let tags = read_numbers(reader, count, budget)?;
    if tags.iter().all(|tag| *tag == 0) {
        return Ok(vec![Element::Whole; count]);
    }
    let many = |tag: u64| tags.iter().filter(|t| **t == tag).count();
    let (codes, refs, areas, ints, lines) = (many(1), many(2), many(3), many(4), many(5));
    let mut codes = read_numbers(reader, codes, budget)?.into_iter();
    let mut refs = names.read_refs(reader, refs, budget)?.into_iter();
    let mut areas = read_numbers(reader, areas, budget)?.into_iter();
    let mut ints = read_numbers(reader, ints, budget)?.into_iter();
    let mut actors = read_numbers(reader, lines, budget)?.into_iter();
    let mut seqs = read_numbers(reader, lines, budget)?.into_iter();
    let mut nths = read_numbers(reader, lines, budget)?.into_iter();
    let next = |numbers: &mut std::vec::IntoIter<u64>| numbers.next().ok_or(Damaged("column too short"));
    tags.iter()
        .map(|tag| {
            Ok(match tag {
                0 => Element::Whole,
                1 => Element::Code(fit(next(&mut codes)?)?),
                2 => Element::Ref(refs.next().ok_or(Damaged("column too short"))?),
                3 => Element::Area(AreaCode(next(&mut areas)?)),
                4 => Element::Int(unzigzag(next(&mut ints)?)),
                5 => Element::Line {
                    actor: names.actor(next(&mut actors)?)?.0,
                    seq: next(&mut seqs)?,
                    nth: fit(next(&mut nths)?)?,
                },
                _ => return Err(Damaged("no element has this tag")),
            })
        })
        .collect()
}

/// A number that must fit a smaller type.
pub(super) fn fit<T: TryFrom<u64>>(number: u64) -> Result<T, Damaged> {
    T::try_from(number).map_err(|_| Damaged("number out of its range"))
}

/// The number that a value of this tag is packed as, beside what else it carries.
fn number(value: &Value) -> Option<u64> {
    Some(match value {
        Value::Int(n) | Value::Decimal(n) => zigzag(*n),
        Value::Date(n) | Value::Month(n) => zigzag(i64::from(*n)),
        Value::DateTime { at_s, .. } => zigzag(*at_s),
        Value::Code(code) => u64::from(*code),
        Value::Area(area) => area.0,
        Value::Text(text) => text.len() as u64,
        Value::Sealed(bytes) => bytes.len() as u64,
        Value::Group(parts) => parts.len() as u64,
        Value::Null | Value::Bool(_) | Value::Ref(_) | Value::Blob(_) => return None,
    })
}

/// Appends values of one field (or one part of a group), tag by tag.
pub(super) fn put_values(out: &mut Vec<u8>, values: &[&Value], names: &mut Names) {
    let tags: Vec<u64> = values.iter().map(|value| u64::from(tag(value))).collect();
    put_numbers(out, &tags);
    for wanted in 3..=14u8 {
        let of_tag: Vec<&Value> = values.iter().copied().filter(|value| tag(value) == wanted).collect();
        if of_tag.is_empty() {
            continue;
        }
        put_numbers(out, &of_tag.iter().filter_map(|value| number(value)).collect::<Vec<_>>());
        let refs: Vec<_> =
            of_tag.iter().filter_map(|v| if let Value::Ref(id) = v { Some(*id) } else { None }).collect();
        names.put_refs(out, &refs);
        let offsets = of_tag.iter().filter_map(|v| match v {
            Value::DateTime { offset_min, .. } => Some(zigzag(i64::from(*offset_min))),
            _ => None,
        });
        put_numbers(out, &offsets.collect::<Vec<_>>());
        for value in &of_tag {
            match value {
                Value::Text(text) => out.extend_from_slice(text.as_bytes()),
                Value::Blob(hash) => out.extend_from_slice(&hash[..]),
                Value::Sealed(bytes) => out.extend_from_slice(bytes),
                _ => {}
            }
        }
        put_parts(out, &of_tag, names);
    }
}

/// The parts of groups, position by position.
fn put_parts<'a>(out: &mut Vec<u8>, groups: &[&'a Value], names: &mut Names) {
    let parts = |value: &&'a Value| if let Value::Group(parts) = value { Some(parts.iter()) } else { None };
    let mut rest: Vec<std::slice::Iter<Value>> = groups.iter().filter_map(parts).collect();
    loop {
        // Groups that have ended are not looked at again, so that one long group costs only its own length.
        rest.retain(|parts| !parts.as_slice().is_empty());
        if rest.is_empty() {
            return;
        }
        put_values(out, &rest.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>(), names);
    }
}

/// Reads `count` values.
pub(super) fn read_values(
    reader: &mut Reader,
    count: usize,
    names: &NamesRead,
    budget: &mut Budget,
    depth: u8,
) -> Result<Vec<Value>, Damaged> {
    let tags = read_numbers(reader, count, budget)?;
    if tags.iter().any(|tag| *tag > 14) {
        return Err(Damaged("no value has this tag"));
    }
    let mut columns: [std::vec::IntoIter<Value>; 15] = Default::default();
    for (wanted, column) in columns.iter_mut().enumerate().skip(3) {
        let many = tags.iter().filter(|tag| **tag == wanted as u64).count();
        if many > 0 {
            *column = read_of_tag(reader, wanted as u8, many, names, budget, depth)?.into_iter();
        }
    }
    tags.iter()
        .map(|tag| match tag {
            0 => Ok(Value::Null),
            1 => Ok(Value::Bool(false)),
            2 => Ok(Value::Bool(true)),
            tag => columns[*tag as usize].next().ok_or(Damaged("column too short")),
        })
        .collect()
}

fn read_of_tag(
    reader: &mut Reader,
    tag: u8,
    count: usize,
    names: &NamesRead,
    budget: &mut Budget,
    depth: u8,
) -> Result<Vec<Value>, Damaged> {
    let signed =
        |number: u64| i32::try_from(unzigzag(number)).map_err(|_| Damaged("number out of its range"));
    let mut numbers = || read_numbers(reader, count, budget);
    match tag {
        3 => Ok(numbers()?.into_iter().map(|n| Value::Int(unzigzag(n))).collect()),
        4 => Ok(numbers()?.into_iter().map(|n| Value::Decimal(unzigzag(n))).collect()),
        5 => {
            let lengths = numbers()?;
            let text = |bytes: &[u8]| std::str::from_utf8(bytes).map(|text| Value::Text(text.into()));
            let read = |length| text(reader.take(fit(length)?)?).map_err(|_| Damaged("text is not UTF-8"));
            lengths.into_iter().map(read).collect()
        }
        6 => numbers()?.into_iter().map(|n| signed(n).map(Value::Date)).collect(),
        7 => numbers()?.into_iter().map(|n| signed(n).map(Value::Month)).collect(),
        8 => {
            let seconds = numbers()?;
            let offsets = read_numbers(reader, count, budget)?;
            let moment = |(at_s, offset): (u64, u64)| {
                let offset_min =
                    i16::try_from(unzigzag(offset)).map_err(|_| Damaged("number out of its range"))?;
                Ok(Value::DateTime { at_s: unzigzag(at_s), offset_min })
            };
            seconds.into_iter().zip(offsets).map(moment).collect()
        }
        9 => numbers()?.into_iter().map(|n| fit(n).map(Value::Code)).collect(),
        10 => Ok(names.read_refs(reader, count, budget)?.into_iter().map(Value::Ref).collect()),
        11 => Ok(numbers()?.into_iter().map(|n| Value::Area(AreaCode(n))).collect()),
        12 => (0..count).map(|_| Ok(Value::Blob(Box::new(reader.array()?)))).collect(),
        13 => {
            let lengths = numbers()?;
            read_groups(reader, &lengths, names, budget, depth)
        }
        _ => {
            let lengths = numbers()?;
            lengths.into_iter().map(|length| Ok(Value::Sealed(reader.take(fit(length)?)?.into()))).collect()
        }
    }
}

fn read_groups(
    reader: &mut Reader,
    lengths: &[u64],
    names: &NamesRead,
    budget: &mut Budget,
    depth: u8,
) -> Result<Vec<Value>, Damaged> {
    let depth = depth.checked_sub(1).ok_or(Damaged("groups nested too deep"))?;
    let mut groups: Vec<(usize, Vec<Value>)> = Vec::with_capacity(lengths.len());
    for length in lengths {
        let length = fit(*length)?;
        budget.spend(length)?;
        groups.push((length, Vec::with_capacity(length)));
    }
    let mut open: Vec<usize> = (0..groups.len()).collect();
    loop {
        open.retain(|group| groups[*group].1.len() < groups[*group].0);
        if open.is_empty() {
            break;
        }
        let column = read_values(reader, open.len(), names, budget, depth)?;
        open.iter().zip(column).for_each(|(group, value)| groups[*group].1.push(value));
    }
    Ok(groups.into_iter().map(|(_, parts)| Value::Group(parts.into())).collect())
}
