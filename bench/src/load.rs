//! Load: connections that ask the same again as soon as they have an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{Result, wire::Peer};

/// What is asked, and the answer that was checked before.
#[derive(Clone)]
pub struct Question {
    /// The server.
    pub peer: Peer,
    /// The bytes to send.
    pub request: Arc<[u8]>,
    /// The status of each answer.
    pub status: u16,
    /// The body of each answer.
    pub body: Arc<[u8]>,
}

/// What a load showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Answers.
    pub requests: usize,
    /// Requests a second.
    pub per_second: f64,
    /// Half of the answers took no longer.
    pub p50: Duration,
    /// Ninety-nine of a hundred took no longer.
    pub p99: Duration,
}

/// Asks for as long as it is told. Every answer must be the one that was checked, byte by byte.
pub async fn run(question: &Question, connections: u16, time: Duration) -> Result<Load> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(question.peer.connect().await?);
    }
    let started = Instant::now();
    let mut askers = JoinSet::new();
    for mut connection in open {
        let (question, until) = (question.clone(), started + time);
        askers.spawn(async move {
            let mut took = Vec::with_capacity(4_096);
            loop {
                let started = Instant::now();
                let answer = connection.send(&question.request).await?;
                if answer.status != question.status || *answer.body != *question.body {
                    return Err("the answer changed under load".into());
                }
                let now = Instant::now();
                took.push(now - started);
                if now >= until {
                    return Ok::<_, crate::Error>(took);
                }
            }
        });
    }
    let mut took = Vec::new();
    while let Some(asker) = askers.join_next().await {
        took.extend(asker??);
    }
    let elapsed = started.elapsed();
    took.sort_unstable();
    Ok(summary(&took, elapsed))
}

fn summary(sorted: &[Duration], elapsed: Duration) -> Load {
    let at = |hundredths: usize| {
        let rank = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
        sorted.get(rank).copied().unwrap_or_default()
    };
    let requests = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
    Load {
        requests: sorted.len(),
        per_second: f64::from(requests) / elapsed.as_secs_f64(),
        p50: at(50),
        p99: at(99),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_answers_that_were_given() {
        let took: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let load = summary(&took, Duration::from_secs(2));
        let wanted = Load {
            requests: 200,
            per_second: 100.0,
            p50: Duration::from_millis(100),
            p99: Duration::from_millis(198),
        };
        assert_eq!(load, wanted);
        assert_eq!(summary(&took[..1], Duration::from_secs(1)).p99, Duration::from_millis(1));
        assert_eq!(summary(&[], Duration::from_secs(1)).p50, Duration::ZERO);
    }
}
