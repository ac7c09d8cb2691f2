//! Writes the JavaScript around a WebAssembly module: `bindgen IN.wasm FOLDER NAME`.
//!
//! The rule this program protects: *the glue is written by the very version of wasm-bindgen that the core was
//! compiled with*: both stand in the workspace's lock file.

use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, name] = &arguments[..] else {
        eprintln!("usage: bindgen IN.wasm FOLDER NAME");
        return ExitCode::FAILURE;
    };
    match write(input, folder, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("bindgen: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Writes NAME.js, NAME.d.ts and NAME_bg.wasm for browsers. The glue gets no address of the module: whoever loads it
/// knows where it lies, `init({ module_or_path })`.
fn write(input: &str, folder: &str, name: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(name).typescript(true).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(folder)).map_err(|error| format!("{error:?}"))
}
