//! A Markdown table.

/// A table while its rows come in.
pub(super) struct Table(String);

impl Table {
    /// A table with these headings.
    pub(super) fn new(headings: &[&str]) -> Table {
        let mut table = Table(String::new());
        table.row(headings);
        table.row(&vec!["---"; headings.len()]);
        table
    }

    pub(super) fn row(&mut self, cells: &[impl AsRef<str>]) {
        self.0.push('|');
        for cell in cells {
            self.0.push(' ');
            self.0.push_str(&cell.as_ref().replace('|', "\\|").replace('\n', " "));
            self.0.push_str(" |");
        }
        self.0.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_break_out_of_its_row() {
        let mut table = Table::new(&["a", "b"]);
        table.row(&["x|y", "two\nlines"]);
        assert_eq!(table.finish(), "| a | b |\n| --- | --- |\n| x\\|y | two lines |\n");
    }
}
