//! Source files, and the paths of other modules that they name.

use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// From the root of the workspace.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// Where the workspace is.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source file of the workspace.
pub fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    for member in ["api", "bench", "entity", "macros", "migration", "tests"] {
        collect(member, &mut sources);
    }
    assert!(sources.len() > 50, "the sources are found");
    sources
}

fn collect(directory: &str, sources: &mut Vec<Source>) {
    for entry in root().join(directory).read_dir().expect("a directory") {
        let entry = entry.expect("an entry");
        let path = format!("{directory}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect("a kind of file").is_dir() {
            if !path.ends_with("/node_modules") && !path.ends_with("/target") {
                collect(&path, sources);
            }
        } else if path.ends_with(".rs") {
            let text = std::fs::read_to_string(entry.path()).expect("text");
            sources.push(Source { path, text });
        }
    }
}

impl Source {
    /// Whether all of it is for tests.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
    }

    /// The code before the tests at its end, without comments.
    pub fn code(&self) -> String {
        self.text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]")
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The paths that it uses, `use a::{b, c::d};` written out as `a::b` and `a::c::d`.
    pub fn uses(&self) -> Vec<String> {
        let code = self.code();
        code.split(';')
            .filter_map(|statement| {
                let statement = statement.lines().skip_while(|line| !is_use(line));
                let statement = statement.collect::<Vec<_>>().join(" ");
                statement.split_once("use ").map(|(_, tree)| tree.to_owned())
            })
            .flat_map(|tree| written_out("", &tree))
            .collect()
    }
}

fn is_use(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("use ") || (line.starts_with("pub") && line.contains(" use "))
}

fn written_out(prefix: &str, tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inner)) = tree.split_once('{') else {
        return vec![format!("{prefix}{tree}")];
    };
    let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
    let prefix = format!("{prefix}{before}");
    branches(inner).iter().flat_map(|branch| written_out(&prefix, branch)).collect()
}

/// What commas outside braces part.
fn branches(inner: &str) -> Vec<String> {
    let mut depth = 0;
    let mut branches = vec![String::new()];
    for letter in inner.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if letter == ',' && depth == 0 {
            branches.push(String::new());
        } else if let Some(branch) = branches.last_mut() {
            branch.push(letter);
        }
    }
    branches.retain(|branch| !branch.trim().is_empty());
    branches
}

#[test]
fn uses_are_written_out() {
    let text = "//! A file.\npub(crate) use a::b;\nuse c::{\n    d,\n    e::{f, g as h},\n};\n// use x;\nfn i() { x::y(); }\n";
    let source = Source { path: "a.rs".to_owned(), text: text.to_owned() };
    assert_eq!(source.uses(), ["a::b", "c::d", "c::e::f", "c::e::g as h"]);
}
