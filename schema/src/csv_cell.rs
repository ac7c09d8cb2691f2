//! Values as cells of a CSV file.
//!
//! The rule this module protects: *a cell never does anything.* Spreadsheets run a text that begins with `=`, `+`, `-`
//! or `@` as a formula; a text that people typed gets an apostrophe in front then, unless it is a phone number.

use crate::json::{Text, Typed, write_json};
use crate::{Schema, Value, ValueType};
use std::io::Write as _;

/// Appends a value of a field (or part) of type `wanted`, quoted where CSV needs it: the text of its JSON form without
/// quotes, JSON for what has no text. Empty for null, and for a value that is still sealed: its key is elsewhere or
/// was destroyed.
pub fn write_csv_cell(out: &mut Vec<u8>, value: &Value, wanted: &ValueType, schema: &Schema) {
    let typed = Typed { value, wanted, schema };
    // Memory takes every byte, so writing to it cannot fail.
    let _ = match (value, typed.text()) {
        (Value::Null | Value::Sealed(_), _) => Ok(()),
        (Value::Text(text), Some(_)) => {
            write_csv_text(out, text);
            Ok(())
        }
        (_, Some(Text::Borrowed(code))) => out.write_all(code.as_bytes()),
        (_, Some(text)) => write!(out, "{text}"),
        (Value::Bool(yes), None) if *wanted == ValueType::Bool => write!(out, "{yes}"),
        (Value::Int(number), None) if *wanted == ValueType::Int => write!(out, "{number}"),
        (_, None) => {
            let mut json = Vec::new();
            write_json(&mut json, value, wanted, schema);
            quote(out, &json);
            Ok(())
        }
    };
}

/// Appends a text that people typed.
pub fn write_csv_text(out: &mut Vec<u8>, text: &str) {
    if runs(text) {
        quote(out, format!("'{text}").as_bytes());
    } else {
        quote(out, text.as_bytes());
    }
}

/// Would a spreadsheet take it for a formula?
fn runs(text: &str) -> bool {
    let phone = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
    match text.as_bytes().first() {
        Some(b'=' | b'@' | b'\t' | b'\r') => true,
        Some(b'+' | b'-') => !phone(&text[1..]),
        _ => false,
    }
}

/// Appends bytes as one cell.
pub(crate) fn quote(out: &mut Vec<u8>, bytes: &[u8]) {
    if !bytes.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    for byte in bytes {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: &Value, wanted: &ValueType) -> String {
        let mut out = Vec::new();
        write_csv_cell(&mut out, value, wanted, Schema::builtin());
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn cells_are_plain_and_harmless() {
        let text = |text: &str| Value::Text(text.into());
        let cases = [
            (Value::Null, ValueType::Int, ""),
            (Value::Sealed([1].into()), ValueType::Text, ""),
            (Value::Bool(true), ValueType::Bool, "true"),
            (Value::Int(i64::MIN), ValueType::Int, "-9223372036854775808"),
            (Value::Decimal(-5), ValueType::Decimal { scale: 2 }, "-0.05"),
            (Value::Date(20_781), ValueType::Date, "2026-11-24"),
            (Value::Code(2), ValueType::Code("measured_by".to_owned().into()), "posyandu"),
            (Value::Code(999), ValueType::Code("measured_by".to_owned().into()), "\"{\"\"code\"\":999}\""),
            (Value::Int(5), ValueType::Bool, "\"{\"\"int\"\":5}\""),
            (text("Dusun Krajan"), ValueType::Text, "Dusun Krajan"),
            (text("a, \"b\"\nc"), ValueType::Text, "\"a, \"\"b\"\"\nc\""),
            (text("=1+1"), ValueType::Text, "'=1+1"),
            (text("@x"), ValueType::Text, "'@x"),
            (text("+1+cmd|' /C calc'!A0"), ValueType::Text, "'+1+cmd|' /C calc'!A0"),
            (text("-2+3"), ValueType::Text, "'-2+3"),
            (text("+62 812 0000 0000"), ValueType::Text, "+62 812 0000 0000"),
        ];
        for (value, wanted, cell_text) in cases {
            assert_eq!(cell(&value, &wanted), cell_text, "{value:?}");
        }
    }

    #[test]
    fn a_csv_reader_gives_back_what_was_written() {
        let texts = ["plain", "a,b", "say \"x\"", "two\nlines", "\"", "é, ü"];
        let mut line = Vec::new();
        for (position, text) in texts.iter().enumerate() {
            if position > 0 {
                line.push(b',');
            }
            write_csv_text(&mut line, text);
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
        let record = reader.records().next().expect("a line").expect("CSV");
        assert_eq!(record.iter().collect::<Vec<_>>(), texts);
    }
}
