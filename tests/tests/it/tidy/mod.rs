//! The house stays as it was drawn: read from the sources themselves.

mod arrows;
mod dependencies;
mod source;

use source::{Source, sources};

const LINES: usize = 400;
const LINES_OF_TESTS: usize = 500;

#[test]
fn every_file_says_what_it_is() {
    let silent = offenders(|source| (!source.text.starts_with("//!")).then(String::new));
    assert_eq!(silent, [""; 0], "these files do not begin with `//!`");
}

#[test]
fn every_file_is_one_idea() {
    let long = offenders(|source| {
        let lines = source.text.lines().count();
        let limit = if source.is_test() { LINES_OF_TESTS } else { LINES };
        (lines > limit).then(|| format!("{lines} lines"))
    });
    assert_eq!(long, [""; 0], "these files are longer than {LINES} lines");
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let unwrapping = offenders(|source| {
        let unwraps = !source.is_test() && source.code().contains(".unwrap()");
        unwraps.then(String::new)
    });
    assert_eq!(unwrapping, [""; 0], "these files unwrap outside tests");
}

/// The files about which there is something to say, and what.
fn offenders(complaint: impl Fn(&Source) -> Option<String>) -> Vec<String> {
    sources()
        .iter()
        .filter_map(|source| Some(format!("{} {}", source.path, complaint(source)?)))
        .collect()
}
