//! `name=value` and `name.element=value`, as people type them.

use super::Trouble;
use device::{Device, Form};
use serde_json::Value as Json;

/// Puts typed arguments into a form. A value is read as JSON where it is JSON, and else as text.
pub fn set_all(device: &Device, form: &mut Form, typed: &[String]) -> Result<(), Trouble> {
    for pair in typed {
        let (name, text) = pair.split_once('=').ok_or("tulis isian sebagai nama=nilai / write name=value")?;
        let json = match serde_json::from_str(text) {
            // A number or a decimal is written without quotes, and is a text in JSON.
            Ok(Json::Number(_)) | Err(_) => Json::String(text.into()),
            Ok(json) => json,
        };
        device.type_in(form, name, &json)?;
    }
    Ok(())
}

/// Puts the members of a JSON object into a form.
pub fn set_object(device: &Device, form: &mut Form, object: &Json) -> Result<(), Trouble> {
    let object = object.as_object().ok_or("satu baris satu objek JSON / one JSON object a line")?;
    Ok(object.iter().try_for_each(|(name, json)| device.type_in(form, name, json))?)
}
