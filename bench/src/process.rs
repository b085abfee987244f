//! What the kernel knows about processes: who their parents are, how much CPU they have used, how much memory they hold.

use std::{fs, time::Duration};

use crate::Result;

/// The kernel counts in hundredths of a second, on every machine that Linux runs on today.
const TICK: Duration = Duration::from_millis(10);

/// A process as `/proc/<pid>/stat` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Its id.
    pub pid: u32,
    /// Its name, cut to 15 bytes.
    pub name: String,
    /// Who started it.
    pub parent: u32,
    /// CPU that it has used itself.
    pub own: Duration,
    /// CPU of children that have ended and were waited for.
    pub ended: Duration,
}

/// One process; nothing when it has ended, or on a system without `/proc`.
pub fn stat(pid: u32) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The name may have spaces and brackets in it.
fn parse(line: &str) -> Option<Stat> {
    let (pid, rest) = line.split_once(" (")?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let number = |at: usize| fields.get(at)?.parse::<u32>().ok();
    Some(Stat {
        pid: pid.parse().ok()?,
        name: name.to_owned(),
        parent: number(1)?,
        own: TICK * (number(11)? + number(12)?),
        ended: TICK * (number(13)? + number(14)?),
    })
}

/// A process and all that descend from it.
pub fn tree(root: u32) -> Vec<Stat> {
    let all: Vec<Stat> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| stat(entry.ok()?.file_name().to_str()?.parse().ok()?))
        .collect();
    let mut found: Vec<Stat> = all.iter().filter(|stat| stat.pid == root).cloned().collect();
    let mut next = 0;
    while let Some(parent) = found.get(next).map(|stat| stat.pid) {
        found.extend(all.iter().filter(|stat| stat.parent == parent).cloned());
        next += 1;
    }
    found
}

/// The CPU of a process and all that descend from it, ended ones included.
pub fn cpu_of(root: u32) -> Duration {
    tree(root).iter().map(|stat| stat.own + stat.ended).sum()
}

/// Memory of a process and all that descend from it, in MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memory {
    /// What they hold now.
    pub now: f64,
    /// The most that each has held.
    pub most: f64,
}

/// How much memory a process and its descendants hold.
pub fn memory_of(root: u32) -> Memory {
    tree(root).iter().fold(Memory::default(), |sum, stat| {
        let status = fs::read_to_string(format!("/proc/{}/status", stat.pid)).unwrap_or_default();
        Memory {
            now: sum.now + mebibytes(&status, "VmRSS:"),
            most: sum.most + mebibytes(&status, "VmHWM:"),
        }
    })
}

/// The value of a line in kB such as `VmRSS:     1024 kB`.
pub fn mebibytes(status: &str, name: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let kibibytes = line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
    f64::round(kibibytes / 102.4) / 10.0
}

/// The postmaster: the parent of the backend that a connection talks to. Nothing when it is not on this machine.
pub async fn postmaster(connection: &mut sqlx::PgConnection) -> Result<Option<u32>> {
    let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(connection).await?;
    let backend = stat(u32::try_from(backend)?).filter(|stat| stat.name == "postgres");
    Ok(backend.and_then(|backend| stat(backend.parent)).map(|postmaster| postmaster.pid))
}

/// The CPU of a PostgreSQL: its postmaster, the backends that are there, and those that have ended. What works for
/// other databases of the same PostgreSQL is counted only when it ends meanwhile.
pub fn cpu_of_postgres(postmaster: u32, database: &str) -> Duration {
    tree(postmaster)
        .iter()
        .filter(|stat| stat.pid == postmaster || !works_for_others(stat.pid, database))
        .map(|stat| stat.own + stat.ended)
        .sum()
}

fn works_for_others(pid: u32, database: &str) -> bool {
    let title = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    is_of_another(&String::from_utf8_lossy(&title), database)
}

/// A backend calls itself `postgres: user database host(port) doing`, a worker for all of them `postgres: walwriter`.
fn is_of_another(title: &str, database: &str) -> bool {
    let words: Vec<&str> = title.trim_end_matches(['\0', ' ']).split(' ').collect();
    let backend = words.iter().any(|word| word.ends_with(')') || *word == "[local]");
    backend && !words.contains(&database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_read_whatever_it_calls_itself() {
        let line = "42 (a (b) c) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 10 5 20 0 1 0 100 1 1";
        let wanted = Stat {
            pid: 42,
            name: "a (b) c".to_owned(),
            parent: 7,
            own: Duration::from_secs(2),
            ended: Duration::from_millis(150),
        };
        assert_eq!(parse(line), Some(wanted));
        assert_eq!(parse("42 (cut"), None);
    }

    #[test]
    fn memory_is_read_in_mebibytes() {
        let status = "Name:\tx\nVmHWM:\t    4096 kB\nVmRSS:\t    1536 kB\n";
        assert_eq!((mebibytes(status, "VmHWM:"), mebibytes(status, "VmRSS:")), (4.0, 1.5));
        assert_eq!(mebibytes("", "VmRSS:"), 0.0);
    }

    #[test]
    fn backends_of_other_databases_are_told_apart() {
        for (title, other) in [
            ("postgres: me bench_1 127.0.0.1(5000) SELECT\0\0", false),
            ("postgres: me other 127.0.0.1(5000) idle\0", true),
            ("postgres: me bench_1 [local] idle", false),
            ("postgres: me other [local] idle", true),
            ("postgres: walwriter ", false),
            ("postgres: parallel worker for PID 12 ", false),
        ] {
            assert_eq!(is_of_another(title, "bench_1"), other, "{title}");
        }
    }
}
