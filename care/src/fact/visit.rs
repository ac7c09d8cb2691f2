//! What is kept of a visit.
//!
//! The rule this module protects: *a visit that is being typed and one that was saved are read by the same code*, so
//! advice in the form and figures on the screen agree. Decimals stay in the smallest unit of their field.

use crate::numbers::field::visit::*;
use crate::read::Reader;
use sync_core::RecordId;

/// One visit. Codes are 0 when they are not known.
pub(crate) struct Visit {
    pub(crate) subject: Option<RecordId>,
    pub(crate) group: u16,
    pub(crate) day: Option<i32>,
    /// `None`: not said yet.
    pub(crate) met: Option<bool>,
    pub(crate) smoke: u16,
    pub(crate) referral: u16,
    pub(crate) referral_outcome: u16,
    pub(crate) next: Option<i32>,
    pub(crate) couple: Option<RecordId>,
    pub(crate) pregnancy: Option<RecordId>,
    pub(crate) present: Vec<RecordId>,
    pub(crate) woman: Woman,
    pub(crate) pregnant: Pregnant,
    pub(crate) postpartum: Postpartum,
    pub(crate) child: Child,
}

/// What is measured of a bride, a pregnant woman or one who gave birth, whichever section it stands in.
pub(crate) struct Woman {
    /// Tenths of a kilogram.
    pub(crate) weight: Option<i64>,
    /// Tenths of a centimetre.
    pub(crate) height: Option<i64>,
    /// Tenths of a centimetre.
    pub(crate) muac: Option<i64>,
    /// Tenths of g/dL.
    pub(crate) hb: Option<i64>,
    pub(crate) smokes: u16,
}

/// The section of a pregnant woman.
pub(crate) struct Pregnant {
    pub(crate) typed_weeks: Option<i64>,
    /// Tenths of a kilogram.
    pub(crate) weight_first_trimester: Option<i64>,
    /// Systolic and diastolic, mmHg.
    pub(crate) pressure: Option<(i64, i64)>,
    /// mg/dL.
    pub(crate) glucose: Option<i64>,
    pub(crate) proteinuria: u16,
    /// Beats a minute.
    pub(crate) heart_rate: Option<i64>,
    pub(crate) movement: u16,
    pub(crate) tablets_received: u16,
    pub(crate) tablets_taken: u16,
}

/// The section of a woman who gave birth.
pub(crate) struct Postpartum {
    pub(crate) complication: u16,
    pub(crate) complications: u64,
    pub(crate) exclusive_breastfeeding: u16,
}

/// The section of a child.
pub(crate) struct Child {
    pub(crate) measured_on: Option<i32>,
    /// Hundredths of a kilogram.
    pub(crate) weight: Option<i64>,
    /// Tenths of a centimetre.
    pub(crate) length: Option<i64>,
    pub(crate) position: u16,
    /// Tenths of a centimetre.
    pub(crate) head: Option<i64>,
    /// Tenths of a centimetre.
    pub(crate) muac: Option<i64>,
    pub(crate) oedema: u16,
    pub(crate) exclusive_breastfeeding: u16,
    /// Codes of `immunization` as bits.
    pub(crate) immunizations: u64,
    pub(crate) vitamin_a: u16,
    pub(crate) kka: u16,
    pub(crate) kpsp: Option<i64>,
    pub(crate) illness: u64,
}

impl Visit {
    /// Reads a visit, saved or half typed.
    pub(crate) fn read(read: Reader) -> Visit {
        let of_either = |fields: [u16; 3]| fields.into_iter().find_map(|field| read.part(field, 0));
        Visit {
            subject: read.id(SUBJECT_ID),
            group: read.code(TARGET_GROUP),
            day: read.day(VISIT_DATE),
            met: read.yes(MET_IN_PERSON),
            smoke: read.code(SMOKE_EXPOSURE),
            referral: read.code(REFERRAL_STATUS),
            referral_outcome: read.code(REFERRAL_OUTCOME),
            next: read.day(NEXT_VISIT_DATE),
            couple: read.id(COUPLE_ID),
            pregnancy: read.id(PREGNANCY_ID),
            present: read.ids(PRESENT_MEMBERS),
            woman: Woman {
                weight: of_either([PREGNANT_WEIGHT, CATIN_WEIGHT, POSTPARTUM_WEIGHT]),
                height: of_either([PREGNANT_HEIGHT, CATIN_HEIGHT, 0]),
                muac: of_either([PREGNANT_MUAC, CATIN_MUAC, POSTPARTUM_MUAC]),
                hb: of_either([PREGNANT_HB, CATIN_HB, POSTPARTUM_HB]),
                smokes: read.code(CATIN_BRIDE_SMOKES),
            },
            pregnant: Pregnant {
                typed_weeks: read.number(PREGNANT_GEST_AGE_WEEKS),
                weight_first_trimester: read.part(PREGNANT_WEIGHT_T1, 0),
                pressure: read.part(PREGNANT_BLOOD_PRESSURE, 0).zip(read.part(PREGNANT_BLOOD_PRESSURE, 1)),
                glucose: read.part(PREGNANT_GLUCOSE, 0),
                proteinuria: read.code(PREGNANT_PROTEINURIA),
                heart_rate: read.part(PREGNANT_FETAL_HEART_RATE, 0),
                movement: read.code(PREGNANT_FETAL_MOVEMENT),
                tablets_received: read.code(PREGNANT_TTD_RECEIVED),
                tablets_taken: read.code(PREGNANT_TTD_TAKEN),
            },
            postpartum: Postpartum {
                complication: read.code(POSTPARTUM_COMPLICATION),
                complications: read.codes(POSTPARTUM_COMPLICATION_TYPES),
                exclusive_breastfeeding: read.code(POSTPARTUM_EXCLUSIVE_BREASTFEEDING),
            },
            child: child(read),
        }
    }

    /// The day on which a child was measured: the one that was noted, else that of the visit.
    pub(crate) fn measured_on(&self) -> Option<i32> {
        self.child.measured_on.or(self.day)
    }

    /// Does it count as accompaniment? Only when the person was met.
    pub(crate) fn counts(&self) -> bool {
        self.met != Some(false)
    }
}

fn child(read: Reader) -> Child {
    Child {
        measured_on: read.day(CHILD_MEASURED_ON),
        weight: read.part(CHILD_WEIGHT, 0),
        length: read.part(CHILD_LENGTH, 0),
        position: read.part_code(CHILD_LENGTH, 1),
        head: read.part(CHILD_HEAD, 0),
        muac: read.part(CHILD_MUAC, 0),
        oedema: read.code(CHILD_OEDEMA),
        exclusive_breastfeeding: read.code(CHILD_EXCLUSIVE_BREASTFEEDING),
        immunizations: read.codes(CHILD_IMMUNIZATIONS),
        vitamin_a: read.code(CHILD_VITAMIN_A),
        kka: read.code(CHILD_KKA_RESULT),
        kpsp: read.number(CHILD_KPSP_SCORE),
        illness: read.codes(CHILD_ILLNESS_2W),
    }
}
