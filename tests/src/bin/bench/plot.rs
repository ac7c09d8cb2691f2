//! The curve of growth as a picture.
//!
//! One line, two axes, no colour that a printer would lose: not worth a library and what it pulls in.

use crate::growth::Point;
use std::fmt::Write;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
/// Room for the words beside and below.
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 48.0;
const TOP: f64 = 40.0;
const RIGHT: f64 = 44.0;

/// Server's processor time for a record over the records that are there, as SVG.
pub fn svg(points: &[Point]) -> String {
    let most = points.iter().map(|point| point.cpu_us).fold(1.0, f64::max) * 1.25;
    let (first, last) = (
        points.first().map_or(4.0, |point| (point.records as f64).log10()),
        points.last().map_or(6.0, |point| (point.records as f64).log10()),
    );
    let span = (last - first).max(f64::EPSILON);
    let x = |records: f64| LEFT + (records.log10() - first) / span * (WIDTH - LEFT - RIGHT);
    let y = |cpu_us: f64| HEIGHT - BOTTOM - cpu_us / most * (HEIGHT - BOTTOM - TOP);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{LEFT}\" y=\"22\">Upload into SQLite: server CPU per record, in microseconds</text>\n"
    );
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|step| most / step <= 6.0).unwrap_or(100.0);
    for n in 0..=(most / step) as u32 {
        let (value, at) = (f64::from(n) * step, y(f64::from(n) * step));
        let right = WIDTH - RIGHT;
        put(
            &mut out,
            &format!("<line x1=\"{LEFT}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ccc\"/>"),
        );
        put(
            &mut out,
            &format!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>", LEFT - 8.0, at + 4.0),
        );
    }
    for (records, name) in [(1e4, "10,000"), (1e5, "100,000"), (1e6, "1,000,000"), (2e6, "2,000,000")] {
        if (first - 1e-9..=last + 1e-9).contains(&f64::log10(records)) {
            let at = HEIGHT - BOTTOM + 20.0;
            put(
                &mut out,
                &format!("<text x=\"{:.1}\" y=\"{at}\" text-anchor=\"middle\">{name}</text>", x(records)),
            );
        }
    }
    put(
        &mut out,
        &format!("<text x=\"{}\" y=\"{}\">records in the database (log)</text>", LEFT, HEIGHT - 8.0),
    );
    let line: Vec<String> =
        points.iter().map(|point| format!("{:.1},{:.1}", x(point.records as f64), y(point.cpu_us))).collect();
    put(
        &mut out,
        &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"black\" stroke-width=\"2\"/>",
            line.join(" ")
        ),
    );
    for at in line {
        let (x, y) = at.split_once(',').unwrap_or(("0", "0"));
        put(&mut out, &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"));
    }
    out.push_str("</svg>\n");
    out
}

fn put(out: &mut String, line: &str) {
    let _ = writeln!(out, "{line}");
}
