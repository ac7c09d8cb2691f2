//! What is kept of each record: the few values that somebody asks for.
//!
//! The rule this module protects: *each record is read once, and only what is asked for stays.* Days count from
//! 1970-01-01, codes are numbers of their lists (0: not known). NIK and family card number are never read.

mod reading;
mod visit;

pub(crate) use reading::opened;
pub(crate) use visit::Visit;

use crate::names::Name;
use schema::growth::Sex;
use sync_core::{AreaCode, RecordId};

/// The facts of one record, by kind.
pub(crate) enum Fact {
    /// A family.
    Household(Box<Household>),
    /// A person.
    Member(Box<Member>),
    /// Water, toilet and the word of the field officer.
    Screening(Screening),
    /// A couple to be married.
    Couple(Couple),
    /// From the last period to the delivery.
    Pregnancy(Pregnancy),
    /// A visit.
    Visit(Box<Visit>),
    /// A cooking session.
    Meal(Box<Meal>),
    /// What a person agreed to.
    Consent(Consent),
    /// Who works here.
    Worker(Box<Worker>),
    /// A family that goes elsewhere.
    Transfer(Transfer),
    /// A question, an answer or a notice.
    Message(Box<Message>),
    /// What somebody decided of two doubles.
    Same(Same),
    /// A record of which only its line in a list is shown.
    Line(Box<Line>),
}

pub(crate) struct Household {
    pub(crate) head: Name,
    pub(crate) address: String,
    pub(crate) hamlet: String,
    pub(crate) rw: String,
    pub(crate) rt: String,
    pub(crate) phone: String,
    pub(crate) decile: Option<i64>,
    pub(crate) residence: u16,
    pub(crate) registered: Option<i32>,
}

pub(crate) struct Member {
    pub(crate) household: Option<RecordId>,
    pub(crate) name: Name,
    pub(crate) sex: Option<Sex>,
    pub(crate) birth: Option<i32>,
    /// Code of `date_precision`.
    pub(crate) precision: u16,
    pub(crate) relationship: u16,
    pub(crate) marital: u16,
    pub(crate) education: u16,
    pub(crate) mother: Option<RecordId>,
    pub(crate) contraception: u16,
    pub(crate) life: u16,
    pub(crate) residence: u16,
}

pub(crate) struct Screening {
    pub(crate) household: Option<RecordId>,
    pub(crate) day: Option<i32>,
    /// First month of the round, in months since 1970-01.
    pub(crate) round: Option<i32>,
    pub(crate) water: u16,
    pub(crate) toilet: u16,
    pub(crate) correction: u16,
    pub(crate) is_replaced: bool,
}

pub(crate) struct Couple {
    pub(crate) bride: Option<RecordId>,
    pub(crate) groom: Option<RecordId>,
    pub(crate) groom_birth: Option<i32>,
    pub(crate) wedding: Option<i32>,
    pub(crate) outcome: u16,
}

pub(crate) struct Pregnancy {
    pub(crate) mother: Option<RecordId>,
    pub(crate) lmp: Option<i32>,
    pub(crate) living_children: Option<i64>,
    pub(crate) status: u16,
    pub(crate) delivery: Option<i32>,
}

pub(crate) struct Meal {
    pub(crate) kitchen: Option<RecordId>,
    pub(crate) day: Option<i32>,
    pub(crate) slot: u16,
    pub(crate) cooked: Option<i64>,
    pub(crate) recipients: Vec<RecordId>,
}

pub(crate) struct Consent {
    pub(crate) subject: Option<RecordId>,
    pub(crate) purposes: u64,
    pub(crate) day: Option<i32>,
    pub(crate) is_withdrawn: bool,
}

pub(crate) struct Worker {
    pub(crate) name: String,
    pub(crate) role: u16,
    pub(crate) phone: String,
    pub(crate) areas: Vec<AreaCode>,
    pub(crate) is_active: bool,
}

pub(crate) struct Transfer {
    pub(crate) household: Option<RecordId>,
    pub(crate) day: Option<i32>,
    pub(crate) to: Option<AreaCode>,
    pub(crate) status: u16,
}

pub(crate) struct Message {
    /// Code of `message_type`.
    pub(crate) sort: u16,
    pub(crate) text: String,
    /// Everybody, when nobody is named.
    pub(crate) to: Option<RecordId>,
    pub(crate) is_closed: bool,
}

pub(crate) struct Same {
    pub(crate) smaller: Option<RecordId>,
    pub(crate) larger: Option<RecordId>,
    pub(crate) verdict: u16,
}

pub(crate) struct Line {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    /// A code that says more than the subtitle: its field, and its number.
    pub(crate) code: (u16, u16),
    pub(crate) day: Option<i32>,
    pub(crate) of: Option<RecordId>,
}

impl Fact {
    /// The record under whose name it is found.
    pub(crate) fn belongs_to(&self) -> Option<RecordId> {
        match self {
            Fact::Household(_) | Fact::Worker(_) | Fact::Message(_) => None,
            Fact::Member(member) => member.household,
            Fact::Screening(screening) => screening.household,
            Fact::Couple(couple) => couple.bride,
            Fact::Pregnancy(pregnancy) => pregnancy.mother,
            Fact::Visit(visit) => visit.subject,
            Fact::Meal(meal) => meal.kitchen,
            Fact::Consent(consent) => consent.subject,
            Fact::Transfer(transfer) => transfer.household,
            Fact::Same(same) => same.smaller,
            Fact::Line(line) => line.of,
        }
    }

    /// A second record under whose name it is found.
    pub(crate) fn belongs_to_also(&self) -> Option<RecordId> {
        match self {
            Fact::Member(member) => member.mother,
            Fact::Couple(couple) => couple.groom,
            Fact::Same(same) => same.larger,
            _ => None,
        }
    }
}
