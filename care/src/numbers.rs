//! Wire numbers of the kinds, fields and codes that are read here.
//!
//! The rule this module protects: *a number that is written in code is the number in the files*: a test compares every
//! one by its name. Numbers are never reused and never change meaning, so comparing them is as safe as comparing names,
//! and costs a phone neither time nor bytes.

macro_rules! numbers {
    ($($list:ident { $($name:ident = $number:literal),* $(,)? })*) => {
        $(pub(crate) mod $list { $(pub(crate) const $name: u16 = $number;)* })*
        #[cfg(test)]
        const ALL: &[(&str, &[(&str, u16)])] = &[$((stringify!($list), &[$((stringify!($name), $number)),*])),*];
    };
}

/// Kinds.
pub(crate) mod kind {
    numbers! { kinds {
        WORKER = 1, TPK_TEAM = 2, HOUSEHOLD = 4, MEMBER = 5, RISK_SCREENING = 6, COUPLE = 7, PREGNANCY = 8, VISIT = 9,
        DASHAT_KITCHEN = 10, MENU_RECIPE = 11, MEAL_SESSION = 12, UPPKA_GROUP = 13, UPPKA_SALE = 14,
        EDUCATION_SESSION = 15, KAMPUNG_KB = 16, KAMPUNG_KB_ACTIVITY = 19, SAME_PERSON = 26, SAME_RECORD = 27,
        TRANSFER = 28, MESSAGE = 29,
        CONSENT = 30,
    } }
    pub(crate) use kinds::*;

    #[test]
    fn numbers_are_those_of_the_kinds() {
        for (name, number) in ALL[0].1 {
            let kind = schema::Schema::builtin().kind_named(&name.to_lowercase());
            assert_eq!(kind.map(|kind| kind.number), Some(*number), "{name}");
        }
    }
}

/// Fields, by kind.
pub(crate) mod field {
    numbers! {
        worker { FULL_NAME = 1, ROLE = 2, PHONE = 5, VILLAGE_CODES = 7, ACTIVE = 8 }
        tpk_team { TEAM_NO = 1 }
        household {
            HEAD_NAME = 2, ADDRESS = 3, HAMLET = 4, RW = 5, RT = 6, PHONE = 8, MEMBERS_TOTAL = 9, WELFARE_DECILE = 10,
            RESIDENCE_STATUS = 15, REGISTERED_ON = 16,
        }
        member {
            HOUSEHOLD_ID = 1, FULL_NAME = 3, SEX = 4, BIRTH_DATE = 5, BIRTH_MONTH = 6, RELATIONSHIP = 8,
            MARITAL_STATUS = 9, EDUCATION = 10, MOTHER_ID = 12, CONTRACEPTION = 18, LIFE_STATUS = 19,
            RESIDENCE_STATUS = 21, TARGET_GROUPS = 22,
        }
        risk_screening {
            HOUSEHOLD_ID = 1, SCREENED_ON = 2, ROUND = 3, WATER_SOURCE = 4, TOILET = 5, TOO_YOUNG = 6, TOO_OLD = 7,
            TOO_CLOSE = 8, TOO_MANY = 9, NOT_MODERN_FP = 10, LOW_WELFARE = 11, LOW_EDUCATION = 12, RULE_VERSION = 13,
            IS_TARGET_FAMILY = 14, IS_AT_RISK = 15, RISK_OVERRIDE = 16, MOVED_TO = 17,
        }
        couple { BRIDE_ID = 1, GROOM_ID = 2, GROOM_BIRTH_DATE = 4, WEDDING_DATE = 5, OUTCOME = 7 }
        pregnancy {
            MOTHER_ID = 1, LMP_DATE = 2, EDD_DATE = 4, LIVING_CHILDREN = 6, STATUS = 15,
            DELIVERY_DATE = 16, DELIVERY_MONTH = 17,
        }
        visit {
            SUBJECT_ID = 2, TARGET_GROUP = 3, VISIT_DATE = 4, VISIT_NO = 6, PRESENT_MEMBERS = 7,
            MET_IN_PERSON = 10, SMOKE_EXPOSURE = 11, REFERRAL_STATUS = 14, REFERRAL_OUTCOME = 17,
            NEXT_VISIT_DATE = 21, COUPLE_ID = 25, PREGNANCY_ID = 26, CATIN_AGE_YEARS = 27, CATIN_GROOM_AGE_YEARS = 28,
            CATIN_WEIGHT = 29, CATIN_HEIGHT = 30, CATIN_BMI = 31, CATIN_MUAC = 32, CATIN_HB = 34,
            CATIN_BRIDE_SMOKES = 36, CATIN_FIT_TO_CONCEIVE = 41, PREGNANT_CONTACT_PERIOD = 42,
            PREGNANT_GEST_AGE_WEEKS = 43, PREGNANT_WEIGHT_T1 = 44, PREGNANT_WEIGHT = 45, PREGNANT_HEIGHT = 46,
            PREGNANT_BMI_BEFORE = 47, PREGNANT_MUAC = 48, PREGNANT_HB = 50, PREGNANT_BLOOD_PRESSURE = 52,
            PREGNANT_MAP = 53, PREGNANT_GLUCOSE = 54, PREGNANT_PROTEINURIA = 55, PREGNANT_FETAL_HEART_RATE = 60,
            PREGNANT_FETAL_MOVEMENT = 61, PREGNANT_TTD_RECEIVED = 65, PREGNANT_TTD_TAKEN = 67,
            POSTPARTUM_DAYS_POSTPARTUM = 71, POSTPARTUM_COMPLICATION = 72, POSTPARTUM_COMPLICATION_TYPES = 73,
            POSTPARTUM_EXCLUSIVE_BREASTFEEDING = 79, POSTPARTUM_WEIGHT = 81, POSTPARTUM_MUAC = 83, POSTPARTUM_HB = 84,
            CHILD_AGE_DAYS = 89, CHILD_MEASURED_ON = 90, CHILD_WEIGHT = 91, CHILD_LENGTH = 92, CHILD_HEAD = 93,
            CHILD_MUAC = 94, CHILD_OEDEMA = 95, CHILD_WEIGHT_TREND = 96, CHILD_WAZ = 97, CHILD_HAZ = 98,
            CHILD_WHZ = 99, CHILD_BMIZ = 100, CHILD_EXCLUSIVE_BREASTFEEDING = 102, CHILD_IMMUNIZATIONS = 107,
            CHILD_IMMUNIZATION_COMPLETE = 108, CHILD_VITAMIN_A = 109, CHILD_KKA_RESULT = 112, CHILD_KPSP_SCORE = 114,
            CHILD_ILLNESS_2W = 115, CHILD_DASHAT_RECEIVED = 119,
        }
        dashat_kitchen { NAME = 1, START_DATE = 4, STATUS = 13 }
        menu_recipe { NAME = 1, TARGET_GROUP = 2 }
        meal_session { KITCHEN_ID = 1, SESSION_DATE = 2, MEAL_SLOT = 3, PORTIONS_COOKED = 5, RECIPIENTS = 9 }
        uppka_group { NAME = 1, CLASSIFICATION = 3 }
        uppka_sale {
            GROUP_ID = 1, SALE_DATE = 2, PRODUCT = 3, QUANTITY = 4, UNIT_PRICE_IDR = 6, TOTAL_IDR = 7,
        }
        education_session { SESSION_DATE = 1, SESSION_TYPE = 2 }
        kampung_kb { NAME = 1, DECLARED_ON = 2, COVERAGE = 3 }
        kampung_kb_activity { TITLE = 2, ACTIVITY_DATE = 3, PLACE = 4 }
        consent { SUBJECT_ID = 1, PURPOSES = 3, GIVEN_ON = 4, WITHDRAWN_ON = 8 }
        same_person { SMALLER_ID = 1, LARGER_ID = 2, VERDICT = 3 }
        transfer { HOUSEHOLD_ID = 1, TO_VILLAGE = 2, MOVED_ON = 3, STATUS = 5 }
        message { MESSAGE_TYPE = 1, TEXT = 2, TO_WORKER = 6, CLOSED = 8 }
    }

    #[test]
    fn numbers_are_those_of_the_fields() {
        for (kind, fields) in ALL {
            let kind = schema::Schema::builtin().kind_named(kind).expect("kind");
            for (name, number) in *fields {
                let field = kind.field_named(&name.to_lowercase());
                assert_eq!(field.map(|field| field.number), Some(*number), "{}.{name}", kind.name);
            }
        }
    }
}

/// Codes, by list.
pub(crate) mod code {
    numbers! {
        sex { M = 1, F = 2 }
        date_precision { DAY = 1, MONTH = 2, YEAR = 3 }
        relationship { HEAD = 1, WIFE = 2 }
        marital_status { MARRIED = 2 }
        life_status { DECEASED = 2 }
        residence_status { MOVED_OUT = 3 }
        education { PRIMARY = 3 }
        contraception { NONE = 1, TRADITIONAL = 10, OTHER = 11 }
        pregnancy_status { ONGOING = 1, LIVE_BIRTH = 2, STILLBIRTH = 3 }
        yes_no { YES = 1, NO = 2 }
        facilitation_status { OFFERED = 2, ONGOING = 3 }
        measure_position { LYING = 1, STANDING = 2 }
        weight_trend { N = 1, T = 2, O = 3, B = 4 }
        risk_level { IDEAL = 1, AT_RISK = 2, INCOMPLETE = 3 }
        same_verdict { SAME = 1 }
        message_type { QUESTION = 1 }
        risk_override { CONFIRMED = 1, REFUTED = 2 }
        pp_complication { BLEEDING = 1, HYPERTENSION = 3 }
        pos_neg_na { POSITIVE = 1, NEGATIVE = 2 }
        kka_result { BELOW = 2 }
        illness { TB_CONTACT = 5 }
        transfer_status { ASKED = 1, ACCEPTED = 2 }
        target_group {
            CATIN = 1, PREGNANT = 2, POSTPARTUM = 3, BADUTA = 4, BALITA = 5, OTHER = 8,
        }
    }

    #[test]
    fn numbers_are_those_of_the_codes() {
        for (list, codes) in ALL {
            let list = schema::Schema::builtin().enumeration(list).expect("list");
            for (name, number) in *codes {
                let code = list.codes.iter().find(|code| code.name.eq_ignore_ascii_case(name));
                assert_eq!(code.map(|code| code.number), Some(*number), "{}.{name}", list.name);
            }
        }
    }
}
