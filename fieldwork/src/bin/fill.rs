//! Fills a running server with the past of villages: what a phone meets that comes later.
//!
//! The rule this program protects: *records come the way records come*: from enrolled devices, over HTTP, in the order in
//! which people typed them.

use clap::Parser;
use device::transport::{Request, Transport};
use device::{AreaCode, Change, Device, HttpTransport, Invitation, Store, SystemEntropy, system_now_s};
use fieldwork::{Phone, Phones, Registry, Writer, keys_of_seed};
use fixtures::{Day, Population, calendar};
use schema::{Schema, SealOwner};
use serde_json::{Value, json};
use std::process::ExitCode;

type Trouble = Box<dyn std::error::Error>;

/// One seed is one history.
const SEED: u64 = 7;
/// Weeks of the past, at most: four years.
const WEEKS_MAX: Day = 208;

/// Fills a server with villages.
#[derive(Parser)]
struct Arguments {
    /// Base URL of the server.
    #[arg(long)]
    base: String,
    /// Token of an admin of the district.
    #[arg(long)]
    token: String,
    /// Records of each village, at least: whole weeks are entered.
    #[arg(long)]
    records: usize,
    /// Families of a village of middling size.
    #[arg(long, default_value_t = 104)]
    families: usize,
    /// Codes of villages, as 3507162013.
    villages: Vec<u64>,
}

/// The server, and who may add people.
struct Desk {
    base: String,
    token: String,
    wire: HttpTransport,
}

/// A device, and what it is to write.
struct Seat {
    device: Device,
    series: Phone,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(records) => {
            println!("{records}");
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            eprintln!("fill: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// Number of records.
fn run(arguments: Arguments) -> Result<usize, Trouble> {
    let wire = HttpTransport::new(&arguments.base);
    let mut desk = Desk { base: arguments.base, token: arguments.token, wire };
    let monday = calendar::monday_of((system_now_s() / 86_400) as Day);
    let first = *arguments.villages.first().ok_or("no village")?;
    let mut office = desk.seat(&format!("kantor-{first}"), "district_admin", AreaCode(first).district())?;
    let mut registry = Registry::default();
    let mut records = 0;
    for code in arguments.villages {
        let population = Population::new(SEED).families_per_village(arguments.families);
        let village = population.village(code, monday).ok_or("no such village")?;
        let mut phones = Phones::knowing(std::mem::take(&mut registry), SEED, &village);
        phones.office = office.series.clone();
        let mut seats = Vec::new();
        for (nth, team) in phones.teams.iter_mut().enumerate() {
            let seat = desk.seat(&format!("kader-{code}-{nth}"), "kader", AreaCode(code))?;
            team.clone_from(&seat.series);
            seats.push(seat);
        }
        let (schema, key_of) = (Schema::builtin(), keys_of_seed(SEED));
        let writer = Writer { schema, key_of: &key_of };
        phones.register(&writer, &village)?;
        let mut monday = monday - 7;
        while written(&phones) < arguments.records && monday > village.today - 7 * WEEKS_MAX {
            phones.week(&writer, &village.week(monday))?;
            monday -= 7;
        }
        records += written(&phones);
        for (seat, team) in seats.iter_mut().zip(&phones.teams) {
            seat.write(&team.series, &mut desk.wire)?;
        }
        office.write(&phones.office.series, &mut desk.wire)?;
        office.series = phones.office;
        registry = phones.registry;
    }
    Ok(records)
}

fn written(phones: &Phones) -> usize {
    phones.teams.iter().map(|team| team.series.len()).sum()
}

impl Desk {
    /// Adds somebody and enrols her.
    fn seat(&mut self, login: &str, role: &str, area: AreaCode) -> Result<Seat, Trouble> {
        let new = json!({ "login": login, "label": login, "role": role, "areas": [area.to_string()] });
        let person = self.post("/v1/people", &new)?["id"].as_str().ok_or("no id")?.to_owned();
        let invite = self.post(&format!("/v1/people/{person}/invite"), &json!({}))?;
        let code = invite["code"].as_str().ok_or("no code")?;
        let mut device = Device::new(Store::in_memory(), Box::new(SystemEntropy));
        let me = device.enrol(&mut self.wire, &Invitation::new(&self.base, code, login), system_now_s())?;
        Ok(Seat { device, series: Phone::new(me.actor) })
    }

    fn post(&mut self, path: &str, body: &Value) -> Result<Value, Trouble> {
        let request = Request::post(path, "application/json", serde_json::to_vec(body)?)
            .with("authorization", format!("Bearer {}", self.token));
        let answer = self.wire.send(&request)?;
        if !(200..300).contains(&answer.status) {
            return Err(format!("{path}: {}", answer.status).into());
        }
        Ok(serde_json::from_slice(&answer.body)?)
    }
}

impl Seat {
    /// Saves what is new in `series`, in one transaction, and sends it.
    fn write(&mut self, series: &[Change], wire: &mut HttpTransport) -> Result<(), Trouble> {
        let (schema, key_of) = (Schema::builtin(), keys_of_seed(SEED));
        let fed = self.series.series.len();
        self.device.together(|device| {
            for planned in &series[fed..] {
                let owner = schema.kind(planned.kind).and_then(|kind| kind.seal_owner);
                let is_owner = matches!(owner, Some(SealOwner::Itself));
                let keys = is_owner.then(|| (planned.record, key_of(planned.record)));
                let at = planned.origin;
                device.save_made(at.author, at.area, at.form_version, at.device_time_s, |origin| {
                    Ok::<_, device::Error>((Change { origin, ..planned.clone() }, Vec::from_iter(keys)))
                })?;
            }
            Ok::<_, device::Error>(())
        })?;
        let report = self.device.sync(wire, system_now_s())?;
        if report.is_done() { Ok(()) } else { Err(report.to_string().into()) }
    }
}
