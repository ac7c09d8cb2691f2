//! A lane, and what can go wrong in it.
//!
//! The rule this suite protects: *a bad upload hurts nobody beside it, and a lane outlives its connection*.

use crate::village::{DUWET, Village};
use diesel::{ExpressionMethods, RunQueryDsl};
use lumbung_tests::proxy::{Proxy, Wire};
use lumbung_tests::{Kind, on_both};
use schema::{Role, Schema};
use server::on;
use server::service::lane::{Entrance, Job, Lane};
use server::service::push::{Outcome, Upload, store_all};
use server::store::{DatabaseUrl, Error, tables};
use std::fs;
use std::sync::mpsc::channel;

fn lane(village: &Village, url: &DatabaseUrl) -> (Entrance, Lane) {
    Lane::new(url, village.world.secrets.key_safe(), Schema::builtin())
}

/// Queues these, lets the lane take one step, and gives what each was told.
fn step(lane: &mut (Entrance, Lane), uploads: &[Upload]) -> Vec<Result<Outcome, Error>> {
    let (tell, told) = channel();
    for (place, upload) in uploads.iter().cloned().enumerate() {
        let tell = tell.clone();
        let reply = Box::new(move |outcome| tell.send((place, outcome)).unwrap());
        lane.0.enter(Job { upload, reply }).unwrap();
    }
    assert_eq!(lane.1.step(), uploads.len(), "all in one step");
    let mut outcomes: Vec<_> = told.try_iter().collect();
    outcomes.sort_by_key(|(place, _)| *place);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// A database that can be hidden: by another name of its file, or by a wire that is cut.
enum Hidden {
    File(DatabaseUrl, std::path::PathBuf),
    Wire(DatabaseUrl, Proxy),
}

impl Hidden {
    fn of(village: &Village) -> Hidden {
        let url = village.database.url();
        match (&village.database.kind, &url) {
            (Kind::Sqlite, DatabaseUrl::Sqlite(path)) => Hidden::File(url.clone(), path.clone()),
            _ => {
                let place = village.database.url.split('@').next_back().unwrap().split('/').next().unwrap();
                let proxy = Proxy::to(place);
                let through = village.database.url.replace(place, &format!("127.0.0.1:{}", proxy.port));
                Hidden::Wire(through.parse().unwrap(), proxy)
            }
        }
    }

    fn url(&self) -> &DatabaseUrl {
        let (Hidden::File(url, _) | Hidden::Wire(url, _)) = self;
        url
    }

    fn set(&self, hidden: bool) {
        match self {
            Hidden::Wire(_, proxy) => proxy.set(if hidden { Wire::Cut } else { Wire::Whole }),
            Hidden::File(_, path) => {
                let names = [path.clone(), path.with_extension("away")];
                fs::rename(&names[usize::from(!hidden)], &names[usize::from(hidden)]).unwrap();
            }
        }
    }
}

on_both! {
    fn an_upload_that_cannot_be_stored_hurts_nobody_beside_it(village: Village) {
        let mut village = village;
        let mut pens = [2, 3, 4].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET], n));
        for pen in &mut pens {
            pen.create("household", &[]);
            pen.create("household", &[]);
        }
        let keys = village.world.secrets.key_safe();
        let all = village.upload(&pens[1]);
        store_all(&mut village.conn, &[&all], Schema::builtin(), &keys).unwrap();
        // What she sent is damaged on the disk, and must be read to tell whether what she sends again is the same.
        let body = tables::upload::body.eq(vec![0u8]);
        on!(&mut village.conn, |c| diesel::update(tables::upload::table).set(body).execute(c)).unwrap();
        pens[1].unsent.truncate(1);
        let uploads = pens.each_ref().map(|pen| village.upload(pen));
        let url = village.database.url();
        let outcomes = step(&mut lane(&village, &url), &uploads);
        assert!(matches!(
            &outcomes[..],
            [Ok(Outcome::Held { new: 2, .. }), Err(Error::Broken(_)), Ok(Outcome::Held { new: 2, .. })]
        ), "{outcomes:?}");
    }

    fn a_lane_tells_everybody_when_the_database_is_away_and_finds_it_again(village: Village) {
        let mut village = village;
        let mut pens = [2, 3].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET], n));
        for pen in &mut pens {
            pen.create("household", &[]);
        }
        let uploads = pens.each_ref().map(|pen| village.upload(pen));
        let hidden = Hidden::of(&village);
        let mut lane = lane(&village, hidden.url());
        hidden.set(true);
        let outcomes = step(&mut lane, &uploads);
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Error::Unavailable(_)))), "{outcomes:?}");
        hidden.set(false);
        let outcomes = step(&mut lane, &uploads);
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Outcome::Held { new: 1, .. }))), "{outcomes:?}");
        village.check();
    }
}
