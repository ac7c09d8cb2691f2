//! Reading the facts of each kind out of its fields.
//!
//! The rule this module protects: *what is sealed and not asked for stays sealed*: only the fields named in [`opened`]
//! are ever opened.

use super::{
    Consent, Couple, Fact, Household, Line, Meal, Member, Message, Pregnancy, Same, Screening, Transfer,
    Visit, Worker,
};
use crate::names::Name;
use crate::numbers::{code, field, kind};
use crate::read::{Reader, middle_of};
use schema::growth::Sex;

impl Fact {
    /// Reads a record of this kind; `None` for kinds of which nothing is asked.
    pub(crate) fn read(kind: u16, read: Reader) -> Option<Fact> {
        Some(match kind {
            kind::HOUSEHOLD => Fact::Household(Box::new(household(read))),
            kind::MEMBER => Fact::Member(Box::new(member(read))),
            kind::RISK_SCREENING => Fact::Screening(screening(read)),
            kind::COUPLE => Fact::Couple(couple(read)),
            kind::PREGNANCY => Fact::Pregnancy(pregnancy(read)),
            kind::VISIT => Fact::Visit(Box::new(Visit::read(read))),
            kind::MEAL_SESSION => Fact::Meal(Box::new(meal(read))),
            kind::CONSENT => Fact::Consent(consent(read)),
            kind::WORKER => Fact::Worker(Box::new(worker(read))),
            kind::TRANSFER => Fact::Transfer(transfer(read)),
            kind::MESSAGE => Fact::Message(Box::new(message(read))),
            kind::SAME_PERSON | kind::SAME_RECORD => Fact::Same(same(read)),
            other => Fact::Line(Box::new(line(other, read)?)),
        })
    }
}

/// Fields that are opened; every other sealed field stays closed.
pub(crate) fn opened(kind: u16) -> &'static [u16] {
    match kind {
        kind::WORKER => &[field::worker::FULL_NAME, field::worker::PHONE],
        kind::HOUSEHOLD => &[field::household::HEAD_NAME, field::household::ADDRESS, field::household::PHONE],
        kind::MEMBER => &[field::member::FULL_NAME, field::member::BIRTH_DATE],
        kind::COUPLE => &[field::couple::GROOM_BIRTH_DATE],
        kind::PREGNANCY => &[field::pregnancy::DELIVERY_DATE],
        kind::MESSAGE => &[field::message::TEXT],
        _ => &[],
    }
}

fn household(read: Reader) -> Household {
    use field::household::*;
    Household {
        head: Name::new(read.text(HEAD_NAME)),
        address: read.text(ADDRESS).to_owned(),
        hamlet: read.text(HAMLET).to_owned(),
        rw: read.text(RW).to_owned(),
        rt: read.text(RT).to_owned(),
        phone: read.text(PHONE).to_owned(),
        decile: read.number(WELFARE_DECILE),
        residence: read.code(RESIDENCE_STATUS),
        registered: read.day(REGISTERED_ON),
    }
}

fn member(read: Reader) -> Member {
    use field::member::*;
    let month = || read.month(BIRTH_MONTH).and_then(middle_of);
    let (birth, precision) = match read.day(BIRTH_DATE) {
        Some(day) => (Some(day), read.part_code(BIRTH_DATE, 1)),
        None => (month(), code::date_precision::MONTH),
    };
    Member {
        household: read.id(HOUSEHOLD_ID),
        name: Name::new(read.text(FULL_NAME)),
        sex: match read.code(SEX) {
            code::sex::M => Some(Sex::Male),
            code::sex::F => Some(Sex::Female),
            _ => None,
        },
        birth,
        precision,
        relationship: read.code(RELATIONSHIP),
        marital: read.code(MARITAL_STATUS),
        education: read.code(EDUCATION),
        mother: read.id(MOTHER_ID),
        contraception: read.code(CONTRACEPTION),
        life: read.code(LIFE_STATUS),
        residence: read.code(RESIDENCE_STATUS),
    }
}

fn screening(read: Reader) -> Screening {
    use field::risk_screening::*;
    Screening {
        household: read.id(HOUSEHOLD_ID),
        day: read.day(SCREENED_ON),
        round: read.month(ROUND),
        water: read.code(WATER_SOURCE),
        toilet: read.code(TOILET),
        correction: read.code(RISK_OVERRIDE),
        is_replaced: read.id(MOVED_TO).is_some(),
    }
}

fn couple(read: Reader) -> Couple {
    use field::couple::*;
    Couple {
        bride: read.id(BRIDE_ID),
        groom: read.id(GROOM_ID),
        groom_birth: read.day(GROOM_BIRTH_DATE),
        wedding: read.day(WEDDING_DATE),
        outcome: read.code(OUTCOME),
    }
}

fn pregnancy(read: Reader) -> Pregnancy {
    use field::pregnancy::*;
    Pregnancy {
        mother: read.id(MOTHER_ID),
        lmp: read.day(LMP_DATE),
        living_children: read.number(LIVING_CHILDREN),
        status: read.code(STATUS),
        delivery: read.day(DELIVERY_DATE).or_else(|| read.month(DELIVERY_MONTH).and_then(middle_of)),
    }
}

fn meal(read: Reader) -> Meal {
    use field::meal_session::*;
    Meal {
        kitchen: read.id(KITCHEN_ID),
        day: read.day(SESSION_DATE),
        slot: read.code(MEAL_SLOT),
        cooked: read.number(PORTIONS_COOKED),
        recipients: read.ids(RECIPIENTS),
    }
}

fn consent(read: Reader) -> Consent {
    use field::consent::*;
    Consent {
        subject: read.id(SUBJECT_ID),
        purposes: read.codes(PURPOSES),
        day: read.day(GIVEN_ON),
        is_withdrawn: read.day(WITHDRAWN_ON).is_some(),
    }
}

fn worker(read: Reader) -> Worker {
    use field::worker::*;
    let areas = read.0.of(VILLAGE_CODES).iter().filter(|one| *one.value == schema::Value::Bool(true));
    Worker {
        name: read.text(FULL_NAME).to_owned(),
        role: read.code(ROLE),
        phone: read.text(PHONE).to_owned(),
        areas: areas
            .filter_map(|one| if let schema::Element::Area(area) = one.element { Some(area) } else { None })
            .collect(),
        is_active: read.yes(ACTIVE).unwrap_or(false),
    }
}

fn transfer(read: Reader) -> Transfer {
    use field::transfer::*;
    let to = read.0.one(TO_VILLAGE);
    Transfer {
        household: read.id(HOUSEHOLD_ID),
        day: read.day(MOVED_ON),
        to: to.and_then(|to| if let schema::Value::Area(area) = to { Some(*area) } else { None }),
        status: read.code(STATUS),
    }
}

fn message(read: Reader) -> Message {
    use field::message::*;
    Message {
        sort: read.code(MESSAGE_TYPE),
        text: read.text(TEXT).to_owned(),
        to: read.id(TO_WORKER),
        is_closed: read.yes(CLOSED).unwrap_or(false),
    }
}

/// Both kinds of edge have the same fields under the same numbers.
fn same(read: Reader) -> Same {
    use field::same_person::*;
    Same { smaller: read.id(SMALLER_ID), larger: read.id(LARGER_ID), verdict: read.code(VERDICT) }
}

/// Title, subtitle, code and day of a record that is shown in a list and nowhere else.
fn line(kind: u16, read: Reader) -> Option<Line> {
    let (title, subtitle, code, day, of) = match kind {
        kind::TPK_TEAM => (0, 0, 0, 0, 0),
        kind::DASHAT_KITCHEN => (
            field::dashat_kitchen::NAME,
            0,
            field::dashat_kitchen::STATUS,
            field::dashat_kitchen::START_DATE,
            0,
        ),
        kind::MENU_RECIPE => (field::menu_recipe::NAME, 0, field::menu_recipe::TARGET_GROUP, 0, 0),
        kind::UPPKA_GROUP => (field::uppka_group::NAME, 0, field::uppka_group::CLASSIFICATION, 0, 0),
        kind::UPPKA_SALE => {
            (field::uppka_sale::PRODUCT, 0, 0, field::uppka_sale::SALE_DATE, field::uppka_sale::GROUP_ID)
        }
        kind::EDUCATION_SESSION => {
            (0, 0, field::education_session::SESSION_TYPE, field::education_session::SESSION_DATE, 0)
        }
        kind::KAMPUNG_KB => {
            (field::kampung_kb::NAME, field::kampung_kb::COVERAGE, 0, field::kampung_kb::DECLARED_ON, 0)
        }
        kind::KAMPUNG_KB_ACTIVITY => {
            use field::kampung_kb_activity::*;
            (TITLE, PLACE, 0, ACTIVITY_DATE, 0)
        }
        _ => return None,
    };
    let mut title = read.text(title).to_owned();
    if kind == kind::TPK_TEAM {
        title = format!("TPK {}", read.number(field::tpk_team::TEAM_NO).unwrap_or(0));
    }
    let code = (code, read.code(code));
    Some(Line { title, subtitle: read.text(subtitle).to_owned(), code, day: read.day(day), of: read.id(of) })
}
