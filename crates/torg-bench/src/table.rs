//! The one table that comes out.

use std::io::Write as _;

use serde_json::{Value, json};

/// What was measured, in the order it was.
#[derive(Debug, Default)]
pub(crate) struct Table(Vec<Row>);

/// One measure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) figure: f64,
    pub(crate) unit: &'static str,
    /// What the machine could do at best, or what a peer does, measured in the same run.
    pub(crate) raw: Option<f64>,
    /// Processor seconds the program took.
    pub(crate) cpu_seconds: Option<f64>,
    /// What we promised, such as `≥ 2000`.
    pub(crate) wanted: &'static str,
}

impl Table {
    pub(crate) fn add(&mut self, row: Row) {
        // Somebody may be waiting for minutes.
        drop(writeln!(std::io::stderr().lock(), "{}", row.line()));
        self.0.push(row);
    }

    /// The figure of a row that was measured before.
    pub(crate) fn figure(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|row| row.name == name).map(|row| row.figure)
    }

    pub(crate) fn print(&self, as_json: bool) {
        let mut out = std::io::stdout().lock();
        if as_json {
            let rows: Vec<Value> = self.0.iter().map(Row::json).collect();
            drop(writeln!(out, "{}", json!({ "rows": rows })));
            return;
        }
        let head = ["measure", "ours", "unit", "raw", "ratio", "cpu s", "wanted"];
        drop(writeln!(out, "{}", aligned(head.map(str::to_owned))));
        for row in &self.0 {
            drop(writeln!(out, "{}", row.line()));
        }
    }
}

impl Row {
    fn ratio(&self) -> Option<f64> {
        self.raw.map(|raw| self.figure / raw)
    }

    fn line(&self) -> String {
        let number = |value: Option<f64>, places: usize| {
            value.map_or_else(String::new, |value| format!("{value:.places$}"))
        };
        let places = if self.figure < 100.0 { 2 } else { 0 };
        aligned([
            self.name.clone(),
            number(Some(self.figure), places),
            self.unit.to_owned(),
            number(self.raw, self.raw.map_or(0, |raw| if raw < 100.0 { 2 } else { 0 })),
            number(self.ratio(), 2),
            number(self.cpu_seconds, 2),
            self.wanted.to_owned(),
        ])
    }

    fn json(&self) -> Value {
        json!({
            "measure": self.name, "figure": self.figure, "unit": self.unit, "raw": self.raw,
            "ratio": self.ratio(), "cpu_seconds": self.cpu_seconds, "wanted": self.wanted,
        })
    }
}

fn aligned([name, ours, unit, raw, ratio, cpu, wanted]: [String; 7]) -> String {
    format!("{name:<58} {ours:>9} {unit:<8} {raw:>8} {ratio:>6} {cpu:>7}  {wanted}")
}
