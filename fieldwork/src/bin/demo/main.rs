//! `cargo xtask demo`: a week of field work in three real districts, played against the real server.
//!
//! The rule this program protects: *nothing is shown that did not happen*. The server is the binary that serves for
//! real, the phones are the devices that people carry, every figure at the end is counted twice on different sides, and
//! when two sides differ the demo says which and fails.

mod air;
mod district;
mod guide;
mod handset;
mod office;
mod oracle;
mod server;
mod story;
mod sums;

use clap::Parser;
use device::system_now_s;
use district::District;
use fixtures::{Day, Population, calendar};
use office::Office;
use server::Server;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

/// Whatever the person at the terminal must read.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Kabupaten Musi Rawas, Pamekasan and Malang: 778 villages.
const DISTRICTS: [u64; 3] = [1605, 3528, 3507];
/// Seed of the population: one seed is one history.
const SEED: u64 = 7;
/// Days of a week, Bahasa Indonesia first.
const DAYS: [(&str, &str); 7] = [
    ("Senin", "Monday"),
    ("Selasa", "Tuesday"),
    ("Rabu", "Wednesday"),
    ("Kamis", "Thursday"),
    ("Jumat", "Friday"),
    ("Sabtu", "Saturday"),
    ("Minggu", "Sunday"),
];

/// Seminggu kerja lapangan di tiga kabupaten. (A week of field work in three districts.)
#[derive(Parser)]
#[command(name = "demo")]
struct Arguments {
    /// Selesai setelah minggu itu; tanpa ini server tetap melayani. (Ends after the week; else the server stays.)
    #[arg(long)]
    once: bool,
    /// Menulis jumlah-jumlah ke berkas. (Writes the sums to a file.)
    #[arg(long)]
    json: Option<PathBuf>,
    /// Map data, dikosongkan dulu. (Folder of the data, emptied first.)
    #[arg(long, default_value = "target/demo")]
    data: PathBuf,
    /// Keluarga per desa; satu desa per kabupaten penuh. (Families per village; one village per district is whole.)
    #[arg(long, default_value_t = 6)]
    families: usize,
    /// Alamat server; bawaan 127.0.0.1:8080, dengan --once porta bebas. (Address; with --once any free port.)
    #[arg(long)]
    listen: Option<String>,
    /// Folder aplikasi yang ikut dilayani. (Folder of the app, which is served too.)
    #[arg(long)]
    app: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("demo: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// `false`: a sum is wrong.
fn run(arguments: &Arguments) -> Result<bool, Trouble> {
    let began_s = system_now_s();
    let say = |text: &str| println!("[{:>3} s] {text}", system_now_s() - began_s);
    let monday = last_monday(began_s);
    println!("Lumbung: seminggu di tiga kabupaten, {} / a week in three districts", calendar::date(monday));
    println!("Tempat nyata, orang rekaan. / The places are real, the people are invented.");
    let usual = if arguments.once { "127.0.0.1:0" } else { "127.0.0.1:8080" };
    let listen = arguments.listen.as_deref().unwrap_or(usual);
    let mut server = Server::start(&arguments.data, listen, arguments.app.as_deref(), &DISTRICTS)?;
    say(&format!("Server melayani di {0} / The server serves at {0}", server.base));
    let mut districts = Vec::new();
    for code in DISTRICTS {
        let office = Office::open(&server, code)?;
        districts.push(District::new(code, office, SEED));
    }
    let population = Population::new(SEED);
    side_by_side(&mut districts, |district| district.enrol(&population, monday, arguments.families))?;
    let phones: usize = districts.iter().map(District::phones).sum();
    let villages: usize = districts.iter().map(|district| district.villages.len()).sum();
    say(&format!(
        "{villages} desa, {phones} ponsel terdaftar / {villages} villages, {phones} phones enrolled"
    ));
    side_by_side(&mut districts, District::register)?;
    say(&format!(
        "Keluarga tercatat: {0} tersimpan / Families registered: {0} saved",
        saved(&mut districts)?
    ));
    for (day, (id, en)) in DAYS.iter().enumerate() {
        side_by_side(&mut districts, |district| district.play(day as Day))?;
        let sent: u64 = districts.iter().map(|district| district.tally.delivered).sum();
        let lost: u64 = districts.iter().map(|district| district.tally.replies_lost).sum();
        let saved = saved(&mut districts)?;
        say(&format!(
            "{id}: {saved} tersimpan, {sent} terkirim, {lost} jawaban hilang / \
             {en}: {saved} saved, {sent} sent, {lost} replies lost"
        ));
        tell(&mut districts);
    }
    side_by_side(&mut districts, District::come_home)?;
    say(
        "Semua ponsel dapat sinyal; kabupaten menarik tabel. / All phones have signal; the districts pull their tables.",
    );
    side_by_side(&mut districts, |district| district.pull_tables(&arguments.data))?;
    let sums = sums::count(&mut districts, &server)?;
    say("Selesai; jumlahnya: / Done; the sums:");
    let right = sums.print();
    if let Some(path) = &arguments.json {
        std::fs::write(path, serde_json::to_string_pretty(&sums.to_json(system_now_s() - began_s))?)?;
    }
    guide::print(&mut districts, &server, &arguments.data, arguments.once)?;
    if !arguments.once {
        server.wait()?;
    }
    Ok(right)
}

/// Tells what happened today, once for all districts where it did.
fn tell(districts: &mut [District]) {
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for district in districts {
        for line in district.told.drain(..) {
            match told.iter_mut().find(|(known, _)| *known == line) {
                Some((_, names)) => names.push(district.name),
                None => told.push((line, vec![district.name])),
            }
        }
    }
    for (line, names) in told {
        println!("        - {}: {line}", names.join(", "));
    }
}

fn saved(districts: &mut [District]) -> Result<u64, Trouble> {
    districts.iter_mut().map(District::saved).sum()
}

/// Districts have nothing in common but the server: they work at the same time.
fn side_by_side(
    districts: &mut [District],
    work: impl Fn(&mut District) -> Result<(), Trouble> + Sync,
) -> Result<(), Trouble> {
    thread::scope(|scope| {
        let all: Vec<_> = districts.iter_mut().map(|district| scope.spawn(|| work(district))).collect();
        all.into_iter().try_for_each(|one| one.join().unwrap_or_else(|_| Err("panik / panicked".into())))
    })
}

/// Monday of the last whole week before a moment.
fn last_monday(now_s: i64) -> Day {
    calendar::monday_of((now_s / 86_400) as Day) - 7
}
