//! The app, as files.
//!
//! The rule this module protects: *a phone that was here once can come back without signal, and one that comes back gets
//! the newest app*: what carries a hash of its content in its name never changes and is kept for ever; everything else is
//! asked for each time. Files are read once, at the start; nothing outside the folder can be named.

use super::App;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, HeaderMap,
    IF_NONE_MATCH, REFERRER_POLICY, USER_AGENT, VARY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Where files lie whose names carry a hash of their content.
const HASHED: &str = "/assets/";

/// The app's files by path.
#[derive(Default)]
pub struct Site(BTreeMap<String, File>);

struct File {
    plain: Bytes,
    /// With brotli, and with gzip, where the build made them.
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    kind: &'static str,
    /// With its quotes.
    etag: String,
}

impl Site {
    /// Reads every file under a folder.
    ///
    /// # Errors
    /// When it is not there, or holds no `index.html`.
    pub fn read(folder: &Path) -> io::Result<Site> {
        let mut site = Site::default();
        site.read_folder(folder, "/")?;
        if site.0.contains_key("/index.html") {
            return Ok(site);
        }
        Err(io::Error::new(io::ErrorKind::NotFound, "no index.html"))
    }

    fn read_folder(&mut self, folder: &Path, path: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let file = entry.path();
            if file.is_dir() {
                self.read_folder(&file, &format!("{path}{name}/"))?;
            } else if let Some(kind) = kind_of(&name) {
                let packed =
                    |extension| fs::read(folder.join(format!("{name}.{extension}"))).ok().map(Bytes::from);
                let plain = Bytes::from(fs::read(&file)?);
                let digest = Sha256::digest(&plain);
                let digest: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
                let etag = format!("\"{digest}\"");
                let file = File { brotli: packed("br"), gzip: packed("gz"), plain, kind, etag };
                self.0.insert(format!("{path}{name}"), file);
            }
        }
        Ok(())
    }

    fn find(&self, path: &str) -> Option<(&str, &File)> {
        let path = if path == "/" { "/index.html" } else { path };
        self.0.get_key_value(path).map(|(path, file)| (path.as_str(), file))
    }
}

/// A file of the app; `None` when it has none of this name.
pub fn file(app: &Data<App>, request: &HttpRequest) -> Option<HttpResponse> {
    let (path, file) = app.site.find(request.path())?;
    let headers = request.headers();
    let mut answer = HttpResponse::Ok();
    let keep = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    answer.insert_header((CACHE_CONTROL, keep)).insert_header((VARY, "accept-encoding"));
    answer.insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff")).insert_header((REFERRER_POLICY, "no-referrer"));
    answer.insert_header((CONTENT_SECURITY_POLICY, policy(headers)));
    answer.insert_header((ETAG, file.etag.as_str()));
    if text(headers, &IF_NONE_MATCH).contains(&file.etag) {
        return Some(HttpResponse::NotModified().insert_header((ETAG, file.etag.as_str())).finish());
    }
    Some(body(answer.content_type(file.kind), file, text(headers, &ACCEPT_ENCODING)))
}

fn body(answer: &mut HttpResponseBuilder, file: &File, accepted: &str) -> HttpResponse {
    let takes = |coding: &str| accepted.split(',').any(|one| one.trim().split(';').next() == Some(coding));
    match file {
        File { brotli: Some(packed), .. } if takes("br") => {
            answer.insert_header((CONTENT_ENCODING, "br")).body(packed.clone())
        }
        File { gzip: Some(packed), .. } if takes("gzip") => {
            answer.insert_header((CONTENT_ENCODING, "gzip")).body(packed.clone())
        }
        File { plain, .. } => answer.body(plain.clone()),
    }
}

/// Only our own code runs. Chrome knows a word of its own for WebAssembly from version 97 on; before, there is only the wide
/// one.
fn policy(headers: &HeaderMap) -> String {
    let wide = chrome_of(text(headers, &USER_AGENT)).is_some_and(|version| version < 97);
    let wasm = if wide { "'unsafe-eval'" } else { "'wasm-unsafe-eval'" };
    format!(
        "default-src 'self'; script-src 'self' {wasm}; img-src 'self' data: blob:; media-src 'self' blob:; \
         object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn chrome_of(agent: &str) -> Option<u32> {
    agent.split_once("Chrome/")?.1.split('.').next()?.parse().ok()
}

fn text<'h>(headers: &'h HeaderMap, name: &actix_web::http::header::HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// What a file is, by its name; `None` for packed twins and for what no app needs.
fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_chrome_gets_the_word_it_knows() {
        let agent = "Mozilla/5.0 (Linux; Android 8.1) AppleWebKit/537.36 Chrome/87.0.4280.141 Mobile";
        assert_eq!(chrome_of(agent), Some(87));
        assert_eq!(chrome_of("curl/8"), None);
        assert_eq!((kind_of("a.js.br"), kind_of("sw.js").is_some(), kind_of("secret")), (None, true, None));
    }
}
