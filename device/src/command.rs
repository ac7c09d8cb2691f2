//! The command: reads arguments, calls the library, prints. Bahasa Indonesia first.

mod field;
mod print;
mod write;

use clap::{Parser, Subcommand};
use device::{AreaCode, Device, HttpTransport, Invitation, RecordId, Store, SystemEntropy, system_now_s};
use std::error::Error;
use std::path::PathBuf;

/// Whatever a person must read.
pub type Trouble = Box<dyn Error>;

/// Perangkat Lumbung tanpa layar: mencatat tanpa sinyal, mengirim bila ada.
/// A Lumbung device without a screen: records without a signal, sends when there is one.
#[derive(Parser)]
#[command(name = "lumbung-device", version, arg_required_else_help = true)]
pub struct Arguments {
    /// Berkas data perangkat / the device's store
    #[arg(long, default_value = "lumbung-device.sqlite", global = true)]
    store: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Daftarkan perangkat dengan kode dari PLKB / enrol with a code from a PLKB
    Enrol {
        /// Alamat server / address of the server
        #[arg(long)]
        server: String,
        /// Kode sekali pakai / one-time code
        #[arg(long)]
        code: String,
        /// Nama perangkat / what people call it
        #[arg(long, default_value = "lumbung-device")]
        label: String,
    },
    /// Catat sesuatu yang baru / record something new
    Add {
        /// Jenis catatan / kind of record, e.g. household
        kind: String,
        /// Isian: nama=nilai / fields: name=value, name.element=value
        fields: Vec<String>,
        /// Baca objek JSON dari masukan, satu baris satu catatan / read JSON objects, one record a line
        #[arg(long)]
        lines: bool,
        #[command(flatten)]
        by: By,
    },
    /// Ubah sebuah catatan / change a record
    Edit {
        /// Catatan / the record
        record: RecordId,
        /// Isian: nama=nilai / fields: name=value
        #[arg(required = true)]
        fields: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// Hapus sebuah catatan / delete a record
    Delete {
        /// Catatan / the record
        record: RecordId,
        #[command(flatten)]
        by: By,
    },
    /// Tampilkan sebuah catatan / show a record
    Show {
        /// Catatan / the record
        record: RecordId,
    },
    /// Daftar catatan, satu baris JSON masing-masing / list records, a line of JSON each
    List {
        /// Hanya jenis ini / only this kind
        #[arg(long)]
        kind: Option<String>,
        /// Hanya wilayah ini / only this area
        #[arg(long)]
        area: Option<AreaCode>,
    },
    /// Kirim dan terima / send and receive
    Sync,
    /// Berapa tersimpan, berapa diterima / how many are saved, how many received
    Status,
    /// Minta satu nomor lagi, untuk orang kedua / ask for one more number, for a second person
    Number {
        /// Catatan petugasnya / her worker record
        #[arg(long)]
        author: Option<RecordId>,
    },
    /// Salin yang belum dikirim ke sebuah map / copy what is not sent yet into a folder
    ExportUnsent {
        /// Map tujuan / the folder
        folder: PathBuf,
    },
}

/// Who writes, and where.
#[derive(clap::Args)]
pub struct By {
    /// Wilayah, bila lebih dari satu / the area, if there are several
    #[arg(long)]
    area: Option<AreaCode>,
    /// Catatan petugas yang mencatat / worker record of whoever writes
    #[arg(long)]
    author: Option<RecordId>,
}

/// Runs a command. `false`: it ended without doing all that was asked, and said why.
///
/// # Errors
/// Whatever a person must read.
pub fn run(arguments: Arguments) -> Result<bool, Trouble> {
    let store = match &arguments.command {
        Command::Enrol { .. } => Store::create(&arguments.store)?,
        _ => Store::open(&arguments.store)?,
    };
    let mut device = Device::new(store, Box::new(SystemEntropy));
    let now_s = system_now_s();
    match arguments.command {
        Command::Enrol { server, code, label } => {
            let invitation = Invitation::new(&server, &code, &label);
            print::enrolled(&device.enrol(&mut HttpTransport::new(&server), &invitation, now_s)?);
        }
        Command::Add { kind, fields, lines: false, by } => {
            write::add(&mut device, &kind, &fields, &by, now_s)?
        }
        Command::Add { kind, by, .. } => write::add_lines(&mut device, &kind, &by)?,
        Command::Edit { record, fields, by } => write::edit(&mut device, record, &fields, &by, now_s)?,
        Command::Delete { record, by } => write::delete(&mut device, record, &by, now_s)?,
        Command::Show { record } => print::record(&mut device, record)?,
        Command::List { kind, area } => print::list(&mut device, kind.as_deref(), area)?,
        Command::Sync => {
            let mut server = server_of(&mut device)?;
            let report = device.sync(&mut server, now_s)?;
            println!("{report}");
            return Ok(report.is_done());
        }
        Command::Status => print::status(&mut device)?,
        Command::Number { author } => {
            let mut server = server_of(&mut device)?;
            let number = device.take_number(&mut server, author, now_s)?;
            println!("Nomor baru / new number: {number}");
        }
        Command::ExportUnsent { folder } => write::export_unsent(&mut device, &folder)?,
    }
    Ok(true)
}

fn server_of(device: &mut Device) -> Result<HttpTransport, Trouble> {
    let identity = device.store().identity()?.ok_or(device::Error::NotEnrolled)?;
    Ok(HttpTransport::new(&identity.server))
}
