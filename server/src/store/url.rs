//! Where the database is.
//!
//! The rule this module protects: *a mistyped URL never creates an empty database, and a password never reaches a
//! log*.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A database by its URL: `sqlite:///srv/lumbung.sqlite` or `postgres://user:password@host/lumbung`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file on this machine's own disk.
    Sqlite(PathBuf),
    /// A PostgreSQL database, as libpq reads it.
    Postgres(String),
}

/// A text that names no database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a database URL: write sqlite:///path/to/lumbung.sqlite or postgres://user@host/lumbung")]
pub struct NotADatabase;

impl FromStr for DatabaseUrl {
    type Err = NotADatabase;
    fn from_str(text: &str) -> Result<DatabaseUrl, NotADatabase> {
        match text.split_once("://") {
            Some(("sqlite", path)) if !path.is_empty() => Ok(DatabaseUrl::Sqlite(path.into())),
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => {
                Ok(DatabaseUrl::Postgres(text.into()))
            }
            _ => Err(NotADatabase),
        }
    }
}

/// Without user, password and parameters.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => {
                let place = url.split_once("://").map_or("", |(_, rest)| rest);
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The name by which SQLite opens `path` and fails when it is not there (`rw`), or creates it (`rwc`).
pub(super) fn sqlite_uri(path: &Path, mode: &str) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?mode={mode}")
}

/// How long a dead network can hold a connection: when it is opened, when something was sent, and when an answer is
/// waited for, of which nothing but a question tells that it will never come.
const PARAMETERS: [(&str, &str); 6] = [
    ("application_name", "lumbung"),
    ("connect_timeout", "3"),
    ("tcp_user_timeout", "10000"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
];

/// `url` with these parameters, unless it names its own.
pub(super) fn postgres_uri(url: &str) -> String {
    let mut uri = url.to_string();
    for (name, value) in PARAMETERS {
        if !url.contains(&format!("{name}=")) {
            let mark = if uri.contains('?') { '&' } else { '?' };
            uri.push_str(&format!("{mark}{name}={value}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_kinds_of_url_are_read() {
        assert_eq!("sqlite:///a/b.sqlite".parse(), Ok(DatabaseUrl::Sqlite("/a/b.sqlite".into())));
        assert!("postgres://u:p@h/d".parse::<DatabaseUrl>().is_ok());
        for wrong in ["", "lumbung.sqlite", "/a/b", "sqlite://", "sqlit:///a", "mysql://h/d", "postgres://"] {
            assert_eq!(wrong.parse::<DatabaseUrl>(), Err(NotADatabase), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let url: DatabaseUrl = "postgres://u:p@ss@host:5432/lumbung?password=x".parse().expect("a url");
        assert_eq!(url.to_string(), "postgres://host:5432/lumbung");
        assert_eq!(format!("{url:?}"), url.to_string());
    }

    #[test]
    fn a_path_with_a_question_mark_stays_a_path() {
        assert_eq!(sqlite_uri(Path::new("/a?b#c%"), "rw"), "file:/a%3fb%23c%25?mode=rw");
    }

    #[test]
    fn own_parameters_win() {
        let uri = postgres_uri("postgres://h/d?connect_timeout=9&keepalives_idle=60");
        let kept = "postgres://h/d?connect_timeout=9&keepalives_idle=60&application_name=lumbung";
        assert!(uri.starts_with(kept), "{uri}");
        assert!(uri.ends_with("&tcp_user_timeout=10000&keepalives_interval=5&keepalives_count=3"), "{uri}");
    }
}
