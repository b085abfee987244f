//! Where and how it was measured.

use std::fs;

use crate::options::Options;

const WORKSPACE: &str = include_str!("../../../Cargo.toml");
const TOOLCHAIN: &str = include_str!("../../../rust-toolchain.toml");

/// The title, the machine and the set-up.
pub fn head(options: &Options) -> String {
    let debug =
        if cfg!(debug_assertions) { "\n**A debug build: its figures say nothing.**\n" } else { "" };
    format!(
        "# Results\n\nWritten by the bench; see [README.md](README.md) for what is measured and how.\n{debug}\n\
         | | |\n|---|---|\n\
         | day | {} |\n| machine | {}, {} cores, {} GiB |\n| Rust | {}, release profile: {} |\n\
         | load | {} connections; {} rounds of {} s a query and server after {} s to warm up; medians |\n",
        today(),
        processor(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default()),
        std::thread::available_parallelism().map_or(0, usize::from),
        gibibytes(&fs::read_to_string("/proc/meminfo").unwrap_or_default()),
        quoted(TOOLCHAIN, "channel"),
        profile(WORKSPACE),
        options.connections,
        options.rounds,
        options.seconds.as_secs_f64(),
        options.warm_up.as_secs_f64(),
    )
}

fn processor(cpuinfo: &str) -> &str {
    let line = cpuinfo.lines().find_map(|line| line.strip_prefix("model name"));
    line.and_then(|line| line.split_once(": ")).map_or("an unknown processor", |(_, name)| name)
}

fn gibibytes(meminfo: &str) -> f64 {
    (crate::process::mebibytes(meminfo, "MemTotal:") / 1024.0).round()
}

fn quoted<'a>(file: &'a str, name: &str) -> &'a str {
    let line = file.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split('"').nth(1).unwrap_or_default()
}

/// The lines of the release profile.
fn profile(manifest: &str) -> String {
    let lines = manifest.lines().skip_while(|line| *line != "[profile.release]").skip(1);
    let lines = lines.take_while(|line| !line.starts_with('[') && !line.is_empty());
    lines.filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(", ")
}

/// The day, by the civil calendar.
fn today() -> String {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    let (year, month, day) = civil(since.as_secs() / 86_400);
    format!("{year}-{month:02}-{day:02}")
}

/// Counts 400-year eras from 1 March of year 0, whose last day is the leap day.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let march = (5 * day + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (era * 400 + year + u64::from(month < 3), month, day - (153 * march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_read_from_the_kernel() {
        assert_eq!(processor("x\t: 1\nmodel name\t: Fast 3000\n"), "Fast 3000");
        assert_eq!(processor(""), "an unknown processor");
        assert_eq!(gibibytes("MemTotal:       16777216 kB\n"), 16.0);
    }

    #[test]
    fn the_build_is_read_from_the_workspace() {
        let manifest = "[profile.dev]\ndebug = 1\n\n[profile.release]\n# why\nlto = \"fat\"\npanic = \"abort\"\n";
        assert_eq!(profile(manifest), "lto = \"fat\", panic = \"abort\"");
        assert!(profile(WORKSPACE).contains("lto"));
        assert!(quoted(TOOLCHAIN, "channel").contains('.'));
    }

    #[test]
    fn days_have_dates() {
        for (days, date) in
            [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (19_782, (2024, 2, 29)), (20_819, (2027, 1, 1))]
        {
            assert_eq!(civil(days), date);
        }
    }
}
