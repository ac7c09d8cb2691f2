//! A run of named steps with a summary.
//!
//! The rule this module protects: *one failure does not hide the next: every step runs, and the end says which
//! failed and how long each took.*

use crate::shell::Outcome;
use std::time::{Duration, Instant};

/// One thing a run does.
pub struct Step<World> {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, for people.
    pub about: &'static str,
    /// Doing it.
    pub run: fn(&mut World) -> Outcome,
}

struct Ended {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

/// Runs the steps in order, prints the summary, and fails when a step did.
pub fn run<World>(steps: &[Step<World>], world: &mut World) -> Outcome {
    let mut ended = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let position = format!("[{}/{}]", i + 1, steps.len());
        println!("\n{position} {}: {}", step.name, step.about);
        let start = now();
        let outcome = (step.run)(world);
        let took = start.elapsed();
        match &outcome {
            Ok(()) => println!("{position} {}: ok, {}", step.name, seconds(took)),
            Err(reason) => println!("{position} {}: FAILED after {}: {reason}", step.name, seconds(took)),
        }
        ended.push(Ended { name: step.name, took, outcome });
    }
    summarise(&ended)
}

fn summarise(ended: &[Ended]) -> Outcome {
    println!("\n{:<10} {:>9}", "step", "time");
    for Ended { name, took, outcome } in ended {
        let verdict = outcome.as_ref().err().map_or("ok", String::as_str);
        println!("{name:<10} {:>9}  {verdict}", seconds(*took));
    }
    println!("{:<10} {:>9}", "all", seconds(ended.iter().map(|step| step.took).sum()));
    let failed: Vec<_> = ended.iter().filter(|step| step.outcome.is_err()).map(|step| step.name).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a person waits for the step: its length is wall time, and decides nothing"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_does_not_stop_the_next_and_is_named_at_the_end() {
        let steps = [
            Step { name: "first", about: "", run: |_: &mut u32| Err("broken".into()) },
            Step {
                name: "second",
                about: "",
                run: |ran| {
                    *ran += 1;
                    Ok(())
                },
            },
        ];
        let mut ran = 0;
        assert_eq!(run(&steps, &mut ran), Err("failed: first".into()));
        assert_eq!(ran, 1);
    }
}
