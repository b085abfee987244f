//! Load: connections that ask the same again as soon as they have an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Request;
use tokio::task::JoinSet;

use crate::{Result, client::Client};

/// What a load showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Requests a second.
    pub per_second: f64,
    /// Half of the answers took no longer.
    pub p50: Duration,
    /// Ninety-nine of a hundred took no longer.
    pub p99: Duration,
}

/// Asks for as long as it is told. Every answer must be the one that was checked, byte by byte.
pub async fn run(
    client: &Client,
    request: &Request,
    answer: &Arc<[u8]>,
    connections: u16,
    time: Duration,
) -> Result<Load> {
    let started = Instant::now();
    let mut askers = JoinSet::new();
    for _ in 0..connections {
        let request = request.try_clone().ok_or("the body is a stream")?;
        askers.spawn(ask(client.clone(), request, Arc::clone(answer), started + time));
    }
    let mut took = Vec::new();
    while let Some(asker) = askers.join_next().await {
        took.extend(asker??);
    }
    let elapsed = started.elapsed();
    took.sort_unstable();
    Ok(summary(&took, elapsed))
}

async fn ask(
    client: Client,
    request: Request,
    answer: Arc<[u8]>,
    until: Instant,
) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    loop {
        let started = Instant::now();
        let bytes = client.send(&request).await?;
        took.push(started.elapsed());
        if bytes != *answer {
            return Err("the answer changed under load".into());
        }
        if Instant::now() >= until {
            return Ok(took);
        }
    }
}

fn summary(sorted: &[Duration], elapsed: Duration) -> Load {
    let at = |hundredths: usize| {
        let rank = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
        sorted.get(rank).copied().unwrap_or_default()
    };
    let requests = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
    Load { per_second: f64::from(requests) / elapsed.as_secs_f64(), p50: at(50), p99: at(99) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_answers_that_were_given() {
        let took: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let load = summary(&took, Duration::from_secs(2));
        let wanted = Load {
            per_second: 100.0,
            p50: Duration::from_millis(100),
            p99: Duration::from_millis(198),
        };
        assert_eq!(load, wanted);
        assert_eq!(summary(&took[..1], Duration::from_secs(1)).p99, Duration::from_millis(1));
        assert_eq!(summary(&[], Duration::from_secs(1)).p50, Duration::ZERO);
    }
}
