//! The program itself, for what only a process of its own can show: being killed.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::LazyLock,
};

/// Where the program `rodtrad` is, built as these tests were.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn program() -> &'static PathBuf {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        // With the features of the whole workspace, so that nothing is compiled a second time.
        let output = Command::new(env!("CARGO"))
            .args(["build", "--workspace", "--bin", "rodtrad", "--message-format", "json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "the program is built");
        output
            .stdout
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("cargo says where the program is")
    });
    &PROGRAM
}
