//! What we build on: all of it used, all of it free to ship, none of it a second crypto library.

use std::process::Command;

use serde_json::Value;

use super::source::{root, sources};

/// Licences under which we may ship what others wrote, together with our own EUPL.
const LICENCES: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// One crypto library is enough, and none that the machine has to bring.
const BANNED: [&str; 3] = ["native-tls", "openssl-sys", "ring"];

#[test]
fn every_licence_lets_us_ship() {
    let packages = packages();
    let unknown: Vec<String> = packages
        .iter()
        .filter(|package| !may_ship(package["license"].as_str().unwrap_or_default()))
        .map(|package| format!("{} {}", package["name"], package["license"]))
        .collect();
    assert_eq!(unknown, [""; 0]);
}

#[test]
fn nothing_comes_from_outside_the_registry_or_is_banned() {
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        assert!(!BANNED.contains(&name), "{name} is banned");
        if let Some(source) = package["source"].as_str() {
            assert!(source.starts_with("registry+"), "{name} comes from {source}");
        }
    }
}

#[test]
fn every_dependency_is_used() {
    let sources = sources();
    let mut unused = Vec::new();
    for package in packages().iter().filter(|package| package["source"].is_null()) {
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let member = manifest.rsplit('/').nth(1).unwrap_or_default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let name = dependency["rename"].as_str().or(dependency["name"].as_str());
            let module = name.unwrap_or_default().replace('-', "_");
            let used = sources.iter().any(|source| {
                source.path.starts_with(&format!("{member}/"))
                    && source
                        .text
                        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                        .any(|word| word == module)
            });
            if !used {
                unused.push(format!("{member} does not use {module}"));
            }
        }
    }
    assert_eq!(unused, [""; 0]);
}

/// Whether each of the parts that hold together has an alternative that we know.
fn may_ship(licence: &str) -> bool {
    licence.replace('/', " OR ").split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')']);
        part.split(" OR ").any(|alternative| LICENCES.contains(&alternative.trim()))
    })
}

/// The packages that are built here; those of other platforms may not have been downloaded.
fn packages() -> Vec<Value> {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata =
        cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", host]);
    let mut metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    match metadata["packages"].take() {
        Value::Array(packages) => packages,
        _ => panic!("cargo metadata has no packages"),
    }
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}
