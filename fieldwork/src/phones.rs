//! The phones of a village, and what is saved on them.
//!
//! The rule this module protects: *a phone saves in the order in which people type*, one series per phone, with the
//! clock of the day on which it was typed, however long ago the work was done.

use crate::{Registry, Unwritten, Writer};
use fixtures::{Day, Made, Record, Village, Week};
use sha2::{Digest, Sha256};
use sync_core::{ActorId, AreaCode, Change, Dot, HybridClock, Origin, RecordId, SealKey};

/// Days before today on which the office wrote down who works in the village.
const OFFICE_BEFORE_DAYS: Day = 800;
/// Minute of the day at which families are registered.
const MORNING_MIN: u16 = 9 * 60;
/// A pregnancy is registered after the second missed period.
const PREGNANCY_KNOWN_DAYS: Day = 60;

/// One installation and what was saved on it.
#[derive(Debug, Clone)]
pub struct Phone {
    /// Its number.
    pub actor: ActorId,
    /// Its changes from the first on.
    pub series: Vec<Change>,
    clock: HybridClock,
}

/// The phones of one village: that of the office, and one for each team.
#[derive(Debug, Clone)]
pub struct Phones {
    /// The village.
    pub area: AreaCode,
    /// What the plan's records are called.
    pub registry: Registry,
    /// Workers, teams and recipes are registered here: by the district, who alone may say where a worker works.
    pub office: Phone,
    /// Kitchens, families, visits and meals are entered here.
    pub teams: Vec<Phone>,
}

/// Something that is typed on some phone.
struct Entry<'a> {
    at_s: i64,
    /// `None`: the office.
    team: Option<usize>,
    /// Code of the worker who types.
    by: u64,
    plan: &'a dyn Record,
}

impl Phone {
    /// A phone on which nothing was saved.
    pub fn new(actor: ActorId) -> Phone {
        Phone { actor, series: Vec::new(), clock: HybridClock::default() }
    }

    /// Who, when and where of the change that is saved next.
    pub fn origin(&mut self, author: RecordId, area: AreaCode, form_version: u16, at_s: i64) -> Origin {
        Origin {
            dot: Dot::new(self.actor, self.series.len() as u64 + 1),
            stamp: self.clock.tick(at_s),
            author,
            device_time_s: at_s,
            area,
            form_version,
            distrusted: false,
        }
    }
}

impl Phones {
    /// The phones of a village before anything is entered. Their numbers follow from the seed and the village.
    pub fn new(seed: u64, village: &Village) -> Phones {
        Phones::knowing(Registry::default(), seed, village)
    }

    /// The same, where workers and recipes may be registered already, by phones of another village.
    pub fn knowing(registry: Registry, seed: u64, village: &Village) -> Phones {
        let phone = |nth: usize| Phone::new(actor_of_seed(seed, village.code, nth as u64));
        Phones {
            area: AreaCode(village.code),
            registry,
            office: phone(0),
            teams: (1..=village.teams.len()).map(phone).collect(),
        }
    }

    /// Every phone, the office's first.
    pub fn all(&self) -> impl Iterator<Item = &Phone> {
        std::iter::once(&self.office).chain(&self.teams)
    }

    /// Enters what is registered in the village, and the screening of every family.
    ///
    /// # Errors
    /// [`Unwritten`] when plan and schema do not agree.
    pub fn register(&mut self, writer: &Writer, village: &Village) -> Result<(), Unwritten> {
        let at = |day: Day| self.second(day, MORNING_MIN);
        let mut entries: Vec<Entry> = Vec::new();
        for plan in village.records() {
            let local = plan.local();
            let number = local.number as usize;
            let family = |household: usize| {
                let household = &village.households[household];
                (household.registered_on, Some(household.team))
            };
            let of_member = |member: usize| family(village.members[member].household);
            let (day, team) = match local.kind {
                "household" => family(number),
                "member" => of_member(number),
                "couple" => of_member(village.couples[number].bride),
                "pregnancy" => {
                    let pregnancy = &village.pregnancies[number];
                    let (day, team) = of_member(pregnancy.mother);
                    (day.max(pregnancy.lmp + PREGNANCY_KNOWN_DAYS), team)
                }
                "uppka_group" | "dashat_kitchen" => (village.today - OFFICE_BEFORE_DAYS, Some(0)),
                _ => (village.today - OFFICE_BEFORE_DAYS, None),
            };
            let by = team.map_or(village.workers[0].code, |team| village.teams[team].kb);
            entries.push(Entry { at_s: at(day), team, by, plan });
        }
        let screenings = village.screenings();
        for screening in &screenings {
            let team = village.households[screening.household].team;
            let by = village.teams[team].kb;
            entries.push(Entry { at_s: at(screening.on), team: Some(team), by, plan: screening });
        }
        // Whoever is to be an author is registered first, the PLKB before all.
        entries.sort_by_key(|entry| (entry.at_s, entry.plan.local().kind != "worker"));
        self.enter(writer, &entries)
    }

    /// Enters a week.
    ///
    /// # Errors
    /// [`Unwritten`], among others when the village was not registered before.
    pub fn week(&mut self, writer: &Writer, week: &Week) -> Result<(), Unwritten> {
        let entry = |made: &Made, plan| Entry {
            at_s: self.second(made.entered_on, made.minute),
            team: Some(made.team),
            by: made.by,
            plan,
        };
        let mut entries: Vec<Entry> = Vec::new();
        entries.extend(week.visits.iter().map(|visit| entry(&visit.made, visit as &dyn Record)));
        entries.extend(week.sessions.iter().map(|session| entry(&session.made, session as &dyn Record)));
        entries.extend(week.sales.iter().map(|sale| entry(&sale.made, sale as &dyn Record)));
        for again in &week.registered_again {
            entries.push(entry(&again.made, &again.household));
            entries.extend(again.members.iter().map(|member| entry(&again.made, member as &dyn Record)));
        }
        entries.sort_by_key(|entry| entry.at_s);
        self.enter(writer, &entries)
    }

    fn enter(&mut self, writer: &Writer, entries: &[Entry]) -> Result<(), Unwritten> {
        for entry in entries {
            let local = entry.plan.local();
            if matches!(local.kind, "worker" | "menu_recipe") && self.registry.get(self.area, local).is_some()
            {
                continue;
            }
            let phone = match entry.team {
                Some(team) => &mut self.teams[team],
                None => &mut self.office,
            };
            let by = fixtures::Local { kind: "worker", number: entry.by };
            // The first worker of a village registers herself.
            let herself = RecordId::of_dot(Dot::new(phone.actor, 1));
            let author = self.registry.get(self.area, by).unwrap_or(herself);
            let form_version = writer.schema.kind_named(local.kind).map_or(1, |kind| kind.form_version);
            let origin = phone.origin(author, self.area, form_version, entry.at_s);
            phone.series.push(writer.create(&mut self.registry, self.area, origin, entry.plan)?);
        }
        Ok(())
    }

    /// Seconds since 1970 of a minute of a day, where the village is.
    fn second(&self, day: Day, minute: u16) -> i64 {
        let local_min = i64::from(day) * 24 * 60 + i64::from(minute);
        (local_min - i64::from(self.area.time_zone().offset_minutes())) * 60
    }
}

/// Keys that follow from a seed, for demo and tests: a real key is made of chance, on the phone.
pub fn keys_of_seed(seed: u64) -> impl Fn(RecordId) -> SealKey {
    move |owner| {
        let name = [b"fieldwork key".as_slice(), &seed.to_be_bytes(), owner.0.as_bytes()].concat();
        SealKey(Sha256::digest(name).into())
    }
}

fn actor_of_seed(seed: u64, village: u64, nth: u64) -> ActorId {
    let name =
        [b"fieldwork actor".as_slice(), &seed.to_be_bytes(), &village.to_be_bytes(), &nth.to_be_bytes()];
    let hash: [u8; 32] = Sha256::digest(name.concat()).into();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    ActorId(u64::from_be_bytes(first))
}
