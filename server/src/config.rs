//! The command line and the environment.
//!
//! The rule this module protects: *settings are read here and nowhere else*, each by a flag or by the variable beside
//! it.

use crate::ids::DeviceId;
use crate::service::{Limits, Secrets};
use crate::store::DatabaseUrl;
use clap::{Args, Parser, Subcommand};
use schema::Role;
use std::net::SocketAddr;
use std::path::PathBuf;
use sync_core::AreaCode;

/// Lumbung: data keluarga berisiko stunting, dari desa tanpa sinyal sampai kabupaten.
/// (Data of families at risk of stunting, from villages without signal to the district.)
#[derive(Parser)]
#[command(name = "lumbung", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Melayani perangkat dan orang lewat HTTP. (Serves devices and people over HTTP.)
    Serve(Serve),
    /// Pekerjaan admin di server ini sendiri. (Admin work at the server itself.)
    Admin {
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Which work.
        #[command(subcommand)]
        act: Act,
    },
    /// Mencadangkan tanpa berhenti melayani. (Backs up while serving goes on.)
    Backup {
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Kunci segel saja: simpan terpisah dari data. (The keys of sealed values only: keep them apart.)
        #[arg(long)]
        keys: bool,
        /// Berkas baru. (The new file.)
        file: PathBuf,
    },
    /// Menyatakan cadangan ini sudah dicoba, dan yang lebih tua tidak akan dipulihkan. (Says that this backup was tried
    /// and that no older one will be restored: phones may forget what it holds.)
    TrustBackup {
        /// Where the data is.
        #[command(flatten)]
        place: Place,
        /// Cadangan data. (Backup of the data.)
        file: PathBuf,
    },
    /// Memulihkan cadangan ke basis data kosong. (Restores a backup into an empty database.)
    Restore {
        /// Where the data goes.
        #[command(flatten)]
        place: Place,
        /// Cadangan kunci segel. (Backup of the keys.)
        #[arg(long)]
        keys: Option<PathBuf>,
        /// Cadangan data. (Backup of the data.)
        file: PathBuf,
    },
}

/// Where the data is.
#[derive(Args, Clone)]
pub struct Place {
    /// sqlite:///jalur/lumbung.sqlite atau postgres://pengguna@host/lumbung (or)
    #[arg(long, env = "LUMBUNG_DATABASE", hide_env_values = true)]
    pub database: DatabaseUrl,
    /// Berkas rahasia; bawaan: lumbung.secrets di samping basis data. (File of secrets; default: beside the database.)
    #[arg(long, env = "LUMBUNG_SECRETS")]
    pub secrets: Option<PathBuf>,
}

/// How to serve.
#[derive(Args)]
pub struct Serve {
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
    /// Alamat dan porta. (Address and port.)
    #[arg(long, env = "LUMBUNG_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Sertifikat TLS (PEM). (TLS certificate chain, PEM.)
    #[arg(long, env = "LUMBUNG_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Kunci TLS (PEM). (TLS key, PEM.)
    #[arg(long, env = "LUMBUNG_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Folder aplikasi yang dibuat `cargo xtask app`; tanpa ini hanya API. (Folder of the app; without it only the API.)
    #[arg(long, env = "LUMBUNG_APP")]
    pub app: Option<PathBuf>,
    /// Ada proksi milik sendiri di depan: percaya X-Forwarded-For. (A proxy of ours stands in front.)
    #[arg(long, env = "LUMBUNG_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Koneksi basis data terbanyak. (Most database connections.)
    #[arg(long, env = "LUMBUNG_CONNECTIONS", default_value_t = 8)]
    pub connections: u32,
    /// Utas HTTP. (HTTP threads.)
    #[arg(long, env = "LUMBUNG_WORKERS", default_value_t = 2)]
    pub workers: usize,
    /// Permintaan sekaligus per pemanggil. (Requests at once per caller.)
    #[arg(long, env = "LUMBUNG_REQUEST_BURST", default_value_t = Limits::default().request_burst)]
    pub request_burst: u32,
    /// Permintaan per menit per pemanggil. (Requests per minute per caller.)
    #[arg(long, env = "LUMBUNG_REQUESTS_PER_MINUTE", default_value_t = Limits::default().requests_per_minute)]
    pub requests_per_minute: u32,
    /// Tebakan kata sandi sekaligus per nama masuk. (Password guesses at once per login.)
    #[arg(long, env = "LUMBUNG_ATTEMPT_BURST", default_value_t = Limits::default().attempt_burst)]
    pub attempt_burst: u32,
    /// Batas tunggu jawaban, detik. (Longest wait for an answer, seconds.)
    #[arg(long, env = "LUMBUNG_ANSWER_WITHIN_S", default_value_t = Limits::default().answer_within_s)]
    pub answer_within_s: u64,
    /// Isi catatan, seperti `info` atau `server=debug`. (What is logged.)
    #[arg(long, env = "LUMBUNG_LOG", default_value = "info")]
    pub log: String,
}

/// Admin work.
#[derive(Subcommand)]
pub enum Act {
    /// Membuat tabel, rahasia dan admin pertama. (Makes the tables, the secrets and the first admin.)
    Init {
        /// Kode kabupaten/kota. (Code of the district.)
        #[arg(long)]
        district: AreaCode,
        /// Nama masuk admin. (Login of the admin.)
        #[arg(long, default_value = "admin")]
        login: String,
    },
    /// Membawa tabel ke versi ini. (Brings the tables to this version.)
    Migrate,
    /// Menambah orang. (Adds a person.)
    AddPerson {
        /// Nama masuk. (Login.)
        login: String,
        /// Peran: kader, midwife, plkb, korlap, district_admin, district_viewer. (Role.)
        #[arg(long, value_parser = role)]
        role: Role,
        /// Wilayah kerja, boleh berulang. (Areas, may be repeated.)
        #[arg(long = "area", required = true)]
        areas: Vec<AreaCode>,
        /// Sebutan singkat. (Short handle.)
        #[arg(long, default_value = "")]
        label: String,
    },
    /// Kode untuk mendaftarkan satu ponsel. (A code that enrols one phone.)
    Invite {
        /// Nama masuk. (Login.)
        login: String,
    },
    /// Kode untuk membuat kata sandi baru. (A code for a new password.)
    Reset {
        /// Nama masuk. (Login.)
        login: String,
    },
    /// Daftar perangkat satu kabupaten. (The devices of a district.)
    Devices {
        /// Kode kabupaten/kota. (Code of the district.)
        district: AreaCode,
    },
    /// Mencabut perangkat. (Revokes a device.)
    Revoke {
        /// Id perangkat. (Id of the device.)
        #[arg(value_parser = device)]
        device: DeviceId,
    },
    /// Memperbarui satu rahasia; yang lama tetap dikenal. (Renews a secret; the old one stays known.)
    RenewSecret {
        /// Untuk apa. (What for.)
        #[arg(value_parser = Secrets::RENEWABLE)]
        purpose: String,
    },
    /// Membuat ulang yang diturunkan dari catatan. (Makes again what is derived from records: conflicts, sums, digests.)
    Rebuild {
        /// Kode kabupaten/kota. (Code of the district.)
        district: AreaCode,
    },
    /// Memeriksa rantai catatan akses. (Follows the chain of the access log.)
    AccessLog {
        /// Kode kabupaten/kota. (Code of the district.)
        district: AreaCode,
    },
}

impl Place {
    /// Where the secrets are.
    pub fn secrets_path(&self) -> PathBuf {
        const NAME: &str = "lumbung.secrets";
        match (&self.secrets, &self.database) {
            (Some(path), _) => path.clone(),
            (None, DatabaseUrl::Sqlite(file)) => file.with_file_name(NAME),
            (None, DatabaseUrl::Postgres(_)) => NAME.into(),
        }
    }
}

impl Serve {
    /// The limits to publish and enforce.
    pub fn limits(&self) -> Limits {
        Limits {
            request_burst: self.request_burst,
            requests_per_minute: self.requests_per_minute,
            attempt_burst: self.attempt_burst,
            answer_within_s: self.answer_within_s,
            ..Limits::default()
        }
    }
}

fn role(text: &str) -> Result<Role, String> {
    Role::named(text).ok_or_else(|| {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        names.join(", ")
    })
}

fn device(text: &str) -> Result<DeviceId, String> {
    text.parse().map(DeviceId).map_err(|_| "UUID".into())
}
