//! Pages that end just where an area ends.
//!
//! The rule this suite protects: *whoever has all of an area is told so*, by the digest she can prove it with.

use crate::village::{DUWET, TUMPANG, Village};
use lumbung_tests::on_both;
use schema::{Role, Schema};
use server::service::pull::{PAGE_RECORDS, Reached, page};
use sync_core::AreaCode;

/// Pulls to the end. Of each page: its records, and the areas that are complete with it.
fn pages(village: &mut Village, token: &str) -> Vec<(usize, Vec<AreaCode>)> {
    let (caller, keys) = (village.caller(token), village.world.secrets.key_safe());
    let (mut pages, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let reached = cursor.as_deref().map_or(Reached::Nothing, Reached::Cursor);
        let page = page(&mut village.conn, &caller, reached, Schema::builtin(), &keys).unwrap();
        pages.push((page.records.len(), page.standings.iter().map(|standing| standing.area).collect()));
        if !page.more {
            return pages;
        }
        cursor = Some(page.cursor);
    }
}

on_both! {
    fn an_area_that_fills_a_page_is_complete_with_it(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET, TUMPANG], 2);
        for _ in 0..PAGE_RECORDS {
            pen.create("household", &[]);
        }
        village.bring(&mut pen);
        assert_eq!(pages(&mut village, &pen.token), [(PAGE_RECORDS, vec![DUWET])]);
        pen.area = TUMPANG;
        pen.create("household", &[]);
        village.bring(&mut pen);
        // Tumpang comes first by its code.
        let both = [(PAGE_RECORDS, vec![TUMPANG]), (1, vec![DUWET])];
        assert_eq!(pages(&mut village, &pen.token), both);
    }
}
