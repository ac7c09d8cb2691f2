//! Figures, as a table for people and as JSON for machines.

use serde_json::{Map, Value, json};
use std::fmt;

/// One measured figure.
pub struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    /// What the same run measured as a floor, in the same unit.
    floor: Option<f64>,
    /// What the figure is wanted to be, for the reader of the table.
    wanted: &'static str,
}

/// All figures of a run.
#[derive(Default)]
pub struct Report(Vec<Figure>);

impl Report {
    /// Adds a figure and says it at once, so that people see progress.
    pub fn add(&mut self, name: &'static str, value: f64, unit: &'static str, wanted: &'static str) {
        self.add_with_floor(name, value, unit, None, wanted);
    }

    /// Adds a figure with its floor.
    pub fn add_with_floor(
        &mut self,
        name: &'static str,
        value: f64,
        unit: &'static str,
        floor: Option<f64>,
        wanted: &'static str,
    ) {
        let figure = Figure { name, value, unit, floor, wanted };
        eprintln!("{figure}");
        self.0.push(figure);
    }

    /// `name -> {value, unit, floor, ratio}`.
    pub fn to_json(&self) -> String {
        let figure = |figure: &Figure| {
            let ratio = figure.ratio();
            json!({ "value": figure.value, "unit": figure.unit, "floor": figure.floor, "ratio": ratio })
        };
        let map: Map<String, Value> = self.0.iter().map(|one| (one.name.to_owned(), figure(one))).collect();
        format!("{:#}\n", Value::Object(map))
    }
}

impl Figure {
    fn ratio(&self) -> Option<f64> {
        self.floor.filter(|floor| *floor != 0.0).map(|floor| self.value / floor)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = if self.value.abs() >= 100.0 { 0 } else { 2 };
        write!(f, "{:18} {:>12.digits$} {:22}", self.name, self.value, self.unit)?;
        match (self.floor, self.ratio()) {
            (Some(floor), Some(ratio)) => write!(f, " {floor:>12.digits$}  {ratio:>6.2}")?,
            _ => write!(f, " {:>12}  {:>6}", "", "")?,
        }
        write!(f, "  {}", self.wanted)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:18} {:>12} {:22} {:>12}  {:>6}  wanted", "figure", "value", "unit", "floor", "ratio")?;
        self.0.iter().try_for_each(|figure| writeln!(f, "{figure}"))
    }
}
