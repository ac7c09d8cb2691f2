//! The table.
//!
//! A write is `B2 after A1, C1: field=value; field=value`: phone B's second change, by somebody whose phone held A1 and
//! C1 (and whatever those had seen). `deleted` deletes the record as it was seen; `alive` says that it is there.

use super::Chain;
use sync_core::Life;

const fn chain(
    story: &'static str,
    kind: &'static str,
    writes: &'static [&'static str],
    shown: &'static str,
) -> Chain {
    Chain { story, kind, writes, shown, life: Life::Alive, cases: &[] }
}

impl Chain {
    const fn asks(self, cases: &'static [&'static str]) -> Chain {
        Chain { cases, ..self }
    }

    const fn is(self, life: Life) -> Chain {
        Chain { life, ..self }
    }
}

/// The catalogue.
pub const CHAINS: &[Chain] = &[
    chain("a record is made", "household", &["A1: alive; rt=001"], "rt=001"),
    chain(
        "its maker edits it, also when the edit arrives before the create",
        "household",
        &["A1: alive; rt=001; hamlet=Krajan", "A2 after A1: rt=002"],
        "hamlet=Krajan; rt=002",
    ),
    chain(
        "another phone edits what it saw",
        "household",
        &["A1: alive; verval_status=found", "B1 after A1: verval_status=moved"],
        "verval_status=moved",
    ),
    chain(
        "a late create after a chain of edits",
        "household",
        &["A1: alive; rt=001", "B1 after A1: rt=002", "C1 after B1: rt=003", "A2 after C1: rt=004"],
        "rt=004",
    ),
    chain(
        "two phones edit different fields",
        "household",
        &[
            "A1: alive; rt=001; verval_status=found",
            "B1 after A1: verval_status=moved",
            "C1 after A1: rt=002",
        ],
        "rt=002; verval_status=moved",
    ),
    chain(
        "two phones edit the same field of the silent sort",
        "household",
        &["A1: alive; rt=001", "B1 after A1: rt=002", "C2 after A1: rt=003"],
        "rt=003",
    ),
    chain(
        "two phones edit the same field, and a person must look",
        "household",
        &[
            "A1: alive; verval_status=found",
            "B1 after A1: verval_status=moved",
            "C1 after A1: verval_status=duplicate",
        ],
        "verval_status=duplicate",
    )
    .asks(&["verval_status"]),
    chain(
        "two phones write the same value",
        "household",
        &[
            "A1: alive; verval_status=found",
            "B1 after A1: verval_status=moved",
            "C1 after A1: verval_status=moved",
        ],
        "verval_status=moved",
    ),
    chain(
        "the same person on two phones is two phones: neither save had seen the other",
        "member",
        &["A1: alive; sex=F", "A2 after A1: sex=M", "B1 after A1: sex=F"],
        "sex=M",
    )
    .asks(&["sex"]),
    chain(
        "one phone, two people: what had not been seen is written under the second number",
        "visit",
        &["A1: alive; child_length=71.2/lying/midwife", "B1: child_length=70.1/lying/cadre"],
        "child_length=70.1/lying/cadre",
    )
    .asks(&["child_length"]),
    chain(
        "a measurement within the tolerance: the better hand, no question",
        "visit",
        &["A1: alive; child_weight=8.00/midwife", "B1: child_weight=8.10/cadre"],
        "child_weight=8.00/midwife",
    ),
    chain(
        "a measurement over the tolerance",
        "visit",
        &["A1: alive; child_weight=8.00/midwife", "B1: child_weight=8.11/cadre"],
        "child_weight=8.11/cadre",
    )
    .asks(&["child_weight"]),
    chain(
        "a phone comes back after 60 days, when the others have gone three rounds",
        "household",
        &[
            "A1: alive; verval_status=found",
            "A2 after A1: verval_status=not_found",
            "B1 after A2: verval_status=found",
            "A3 after B1: verval_status=moved",
            "C1 after A1: verval_status=duplicate",
        ],
        "verval_status=moved",
    )
    .asks(&["verval_status"]),
    chain(
        "two edits and a decision",
        "household",
        &[
            "A1: alive; verval_status=found",
            "B1 after A1: verval_status=moved",
            "C1 after A1: verval_status=duplicate",
            "D1 after B1, C1: verval_status=moved",
        ],
        "verval_status=moved",
    ),
    chain(
        "two edits, a decision, and a third edit that nobody had seen",
        "household",
        &[
            "A1: alive; verval_status=found",
            "B1 after A1: verval_status=moved",
            "C1 after A1: verval_status=duplicate",
            "D1 after B1, C1: verval_status=moved",
            "E1 after A1: verval_status=not_found",
        ],
        "verval_status=not_found",
    )
    .asks(&["verval_status"]),
    chain(
        "two officers decide differently",
        "household",
        &[
            "A1: alive; verval_status=found",
            "B1 after A1: verval_status=moved",
            "D1 after A1, B1: verval_status=duplicate",
            "E1 after A1, B1: verval_status=found",
        ],
        "verval_status=found",
    )
    .asks(&["verval_status"]),
    chain(
        "a decision that saw only one side leaves the other open",
        "household",
        &[
            "A1: alive; verval_status=found",
            "B1 after A1: verval_status=moved",
            "C1 after A1: verval_status=duplicate",
            "D1 after B1: verval_status=found",
        ],
        "verval_status=found",
    )
    .asks(&["verval_status"]),
    chain(
        "taken out of a set by somebody who had not seen it ticked again",
        "visit",
        &[
            "A1: alive; kie_topics[asi]=true",
            "B1 after A1: kie_topics[asi]=false",
            "A2 after A1: kie_topics[asi]=true",
        ],
        "kie_topics[asi]=true",
    ),
    chain(
        "taken out of a set by somebody who had seen it",
        "visit",
        &["A1: alive; kie_topics[asi]=true; kie_topics[ttd]=true", "B1 after A1: kie_topics[asi]=false"],
        "kie_topics[ttd]=true",
    ),
    chain(
        "deleted by somebody who saw everything",
        "household",
        &["A1: alive; rt=001", "B1 after A1: rt=002", "C1 after B1: deleted"],
        "rt=002",
    )
    .is(Life::Deleted),
    chain(
        "deleted by two people at once",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "C1 after A1: deleted"],
        "rt=001",
    )
    .is(Life::Deleted),
    chain(
        "deleted against an edit: neither wins in silence",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "C1 after A1: rt=002"],
        "rt=002",
    )
    .is(Life::Contested)
    .asks(&["tombstone"]),
    chain(
        "deleted against an edit that only added a field",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "C1 after A1: hamlet=Krajan"],
        "hamlet=Krajan; rt=001",
    )
    .is(Life::Contested)
    .asks(&["tombstone"]),
    chain(
        "the edit is looked at and the deletion said again",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "C1 after A1: rt=002", "D1 after B1, C1: deleted"],
        "rt=002",
    )
    .is(Life::Deleted),
    chain(
        "the edit is looked at and the record kept",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "C1 after A1: rt=002", "D1 after B1, C1: alive"],
        "rt=002",
    ),
    chain(
        "edited by who deleted it, afterwards",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "B2 after B1: rt=002"],
        "rt=002",
    )
    .is(Life::Contested)
    .asks(&["tombstone"]),
    chain(
        "deleted by one, found alive by another who had seen the deletion of a third",
        "household",
        &["A1: alive; rt=001", "B1 after A1: deleted", "C1 after B1: alive", "D1 after B1: deleted"],
        "rt=001",
    )
    .is(Life::Contested)
    .asks(&["tombstone"]),
];
