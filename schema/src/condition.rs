//! When a conditional field is asked: read from a cell, judged against a record.
//!
//! The rule this module protects: *a condition is data, and the same words decide on the phone, on the server and in
//! the documentation.* It looks at shown values only, never at a clock.

use crate::model::Condition;
use std::fmt;

/// What a record shows in a field, as far as a condition can see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// No value.
    Empty,
    /// Yes or no.
    Bool(bool),
    /// Whole number, or decimal in the smallest unit of its scale.
    Number(i64),
    /// Name of a code.
    Code(&'a str),
    /// Names of the codes that are in a set; a set without any is [`Shown::Empty`].
    Codes(&'a [&'a str]),
    /// A value of any other type: text, date, reference, sealed bytes, a map or list with elements.
    Filled,
}

impl Shown<'_> {
    fn is(&self, wanted: &str) -> bool {
        match self {
            Shown::Empty | Shown::Filled => false,
            Shown::Bool(value) => wanted == if *value { "true" } else { "false" },
            Shown::Number(value) => wanted.parse() == Ok(*value),
            Shown::Code(code) => *code == wanted,
            Shown::Codes(codes) => codes.contains(&wanted),
        }
    }
}

impl Condition {
    /// Reads a cell. `scale` gives the digits after the point of a number field (`field` or `field.part`), so that
    /// `child_weight.kg < 2.5` compares in the smallest unit.
    ///
    /// # Errors
    /// A sentence that says which piece cannot be read and how it should look.
    pub fn parse(text: &str, scale: &dyn Fn(&str) -> Option<u8>) -> Result<Condition, String> {
        let mut whole: Option<Condition> = None;
        let mut rest = text;
        let mut join = '&';
        loop {
            let end = rest.find(['&', '/']).unwrap_or(rest.len());
            let one = simple(rest[..end].trim(), scale)?;
            whole = Some(match whole {
                None => one,
                Some(before) => joined(before, join, one),
            });
            match rest[end..].chars().next() {
                Some(sign) => {
                    join = sign;
                    rest = &rest[end + 1..];
                }
                None => return Ok(whole.unwrap_or(Condition::All(Vec::new()))),
            }
        }
    }

    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Condition) -> Condition {
        joined(self, '&', other)
    }

    /// Does it hold for a record that shows `shown(field)`? Fields are asked by name, parts as `field.part`.
    pub fn holds<'a>(&self, shown: &dyn Fn(&str) -> Shown<'a>) -> bool {
        match self {
            Condition::Is(field, codes) => {
                let value = shown(field);
                codes.iter().any(|code| value.is(code))
            }
            Condition::IsNot(field, codes) => {
                let value = shown(field);
                !codes.iter().any(|code| value.is(code))
            }
            Condition::Above(field, bound) => matches!(shown(field), Shown::Number(n) if n > *bound),
            Condition::Below(field, bound) => matches!(shown(field), Shown::Number(n) if n < *bound),
            Condition::Filled(field) => shown(field) != Shown::Empty,
            Condition::Empty(field) => shown(field) == Shown::Empty,
            Condition::All(all) => all.iter().all(|one| one.holds(shown)),
            Condition::Any(any) => any.iter().any(|one| one.holds(shown)),
        }
    }

    /// Calls `see` with every field it names and the codes it compares it to.
    pub fn visit(&self, see: &mut dyn FnMut(&str, &[String])) {
        match self {
            Condition::Is(field, codes) | Condition::IsNot(field, codes) => see(field, codes),
            Condition::Above(field, _)
            | Condition::Below(field, _)
            | Condition::Filled(field)
            | Condition::Empty(field) => see(field, &[]),
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.visit(see)),
        }
    }
}

fn joined(before: Condition, sign: char, one: Condition) -> Condition {
    match (before, sign) {
        (Condition::All(mut all), '&') => {
            match one {
                Condition::All(more) => all.extend(more),
                one => all.push(one),
            }
            Condition::All(all)
        }
        (Condition::Any(mut any), '/') => {
            any.push(one);
            Condition::Any(any)
        }
        (before, '&') => match one {
            Condition::All(more) => Condition::All(std::iter::once(before).chain(more).collect()),
            one => Condition::All(vec![before, one]),
        },
        (before, _) => Condition::Any(vec![before, one]),
    }
}

fn simple(text: &str, scale: &dyn Fn(&str) -> Option<u8>) -> Result<Condition, String> {
    let bound = |field: &str, number: &str| {
        let digits = scale(field)
            .ok_or_else(|| format!("`{field}` is no number, so it cannot be compared with `<` or `>`"))?;
        crate::decimal::parse(number, digits)
            .ok_or_else(|| format!("`{number}` is no number with at most {digits} digits after the point"))
    };
    let codes = |text: &str| text.split('|').map(|code| code.trim().to_owned()).collect();
    if let Some((field, value)) = text.split_once("!=") {
        return Ok(Condition::IsNot(word(field)?, codes(value)));
    }
    if let Some((field, value)) = text.split_once('=') {
        return Ok(Condition::Is(word(field)?, codes(value)));
    }
    if let Some((field, value)) = text.split_once('>') {
        return Ok(Condition::Above(word(field)?, bound(field.trim(), value.trim())?));
    }
    if let Some((field, value)) = text.split_once('<') {
        return Ok(Condition::Below(word(field)?, bound(field.trim(), value.trim())?));
    }
    match text.split_once(' ') {
        None => Ok(Condition::Is(word(text)?, vec!["true".to_owned(), "yes".to_owned()])),
        Some((field, "filled")) => Ok(Condition::Filled(word(field)?)),
        Some((field, "empty")) => Ok(Condition::Empty(word(field)?)),
        Some(_) => {
            Err(format!("`{text}` is no condition: write `field = code|code`, `field > 0` or `field filled`"))
        }
    }
}

fn word(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    if !text.is_empty() && text.chars().all(fits) {
        return Ok(text.to_owned());
    }
    Err(format!("`{text}` is no field name: a condition starts with the name of a field of the same kind"))
}

/// As in the files, except that a number stands in the smallest unit of its field.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, parts: &[Condition], sign: &str| {
            for (position, part) in parts.iter().enumerate() {
                if position > 0 {
                    write!(f, " {sign} ")?;
                }
                match part {
                    Condition::All(_) | Condition::Any(_) => write!(f, "({part})")?,
                    _ => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        match self {
            Condition::Is(field, codes) if codes == &["true", "yes"] => write!(f, "{field}"),
            Condition::Is(field, codes) => write!(f, "{field} = {}", codes.join("|")),
            Condition::IsNot(field, codes) => write!(f, "{field} != {}", codes.join("|")),
            Condition::Above(field, bound) => write!(f, "{field} > {bound}"),
            Condition::Below(field, bound) => write!(f, "{field} < {bound}"),
            Condition::Filled(field) => write!(f, "{field} filled"),
            Condition::Empty(field) => write!(f, "{field} empty"),
            Condition::All(parts) => list(f, parts, "&"),
            Condition::Any(parts) => list(f, parts, "/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Condition {
        Condition::parse(text, &|field| match field {
            "age" => Some(0),
            "weight.kg" => Some(2),
            _ => None,
        })
        .expect("condition")
    }

    fn shown(field: &str) -> Shown<'static> {
        match field {
            "group" => Shown::Code("pregnant"),
            "kie" => Shown::Bool(true),
            "alive" => Shown::Code("yes"),
            "age" => Shown::Number(183),
            "weight.kg" => Shown::Number(250),
            "aid" => Shown::Codes(&["pkh", "rice"]),
            "name" => Shown::Filled,
            _ => Shown::Empty,
        }
    }

    #[test]
    fn each_form_holds_and_fails_as_written() {
        let cases = [
            ("group = pregnant|postpartum", true),
            ("group = catin", false),
            ("group != catin", true),
            ("nothing != catin", true),
            ("kie", true),
            ("alive", true),
            ("kie = false", false),
            ("age > 182", true),
            ("age > 183", false),
            ("weight.kg < 2.51", true),
            ("weight.kg < 2.5", false),
            ("aid = pkh", true),
            ("aid = bpnt", false),
            ("aid != rice", false),
            ("name filled", true),
            ("nothing filled", false),
            ("nothing empty", true),
            ("nothing > 0", false),
            ("age = 183", true),
        ];
        for (text, wanted) in cases {
            let condition = Condition::parse(text, &|field| Some(if field == "weight.kg" { 2 } else { 0 }));
            assert_eq!(condition.expect(text).holds(&shown), wanted, "{text}");
        }
    }

    #[test]
    fn joins_are_read_left_to_right() {
        // (false & false) / true, not false & (false / true)
        assert!(read("kie = false & group = catin / alive").holds(&shown));
        // (true / true) & false
        assert!(!read("alive / kie & group = catin").holds(&shown));
        assert_eq!(read("kie & alive & age > 3").to_string(), "kie & alive & age > 3");
        assert_eq!(read("kie / alive & name filled").to_string(), "(kie / alive) & name filled");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_reason() {
        for (text, part) in [
            ("Group = catin", "no field name"),
            ("", "no field name"),
            ("name > 3", "is no number"),
            ("age > many", "no number with at most 0 digits"),
            ("name is full", "no condition"),
            ("kie & ", "no field name"),
        ] {
            let refused = Condition::parse(text, &|field| (field == "age").then_some(0)).expect_err(text);
            assert!(refused.contains(part), "{text}: {refused}");
        }
    }
}
