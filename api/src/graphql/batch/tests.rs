//! Batches are sent when the operation stands still, and hold all that was asked by then.

use futures_util::future::{join_all, try_join};

use super::*;

/// Doubles numbers, and writes down every batch.
#[derive(Clone, Default)]
struct Doubling {
    batches: Arc<Mutex<Vec<Vec<u32>>>>,
}

impl Loader<u32> for Doubling {
    type Value = u32;
    type Error = String;

    async fn load(&self, keys: &[u32]) -> Result<HashMap<u32, u32>, String> {
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        lock(&self.batches).push(sorted);
        tokio::task::yield_now().await;
        if keys.contains(&13) {
            return Err("13".to_owned());
        }
        Ok(keys.iter().filter(|key| **key < 500).map(|key| (*key, key * 2)).collect())
    }
}

impl Loader<String> for Doubling {
    type Value = usize;
    type Error = String;

    async fn load(&self, keys: &[String]) -> Result<HashMap<String, usize>, String> {
        Ok(keys.iter().map(|key| (key.clone(), key.len())).collect())
    }
}

fn batches() -> (Doubling, Batches<Doubling>) {
    let doubling = Doubling::default();
    (doubling.clone(), Batches::new(doubling))
}

#[tokio::test]
async fn fields_of_a_level_share_a_batch() {
    let (doubling, batches) = batches();
    let batches = &batches;
    // So many that the library gives way to others in the middle.
    let fields = (20..120).map(|number| async move {
        let twice = batches.load_one(number).await.unwrap()?;
        batches.load_one(twice + 1).await.unwrap()
    });
    let answers = batches.drive(join_all([join_all(fields)])).await;
    assert_eq!(answers[0].iter().flatten().count(), 100, "{answers:?}");
    let levels = [(20..120).collect::<Vec<_>>(), (121..240).step_by(2).collect()];
    assert_eq!(*lock(&doubling.batches), levels);
}

#[tokio::test]
async fn what_is_known_is_not_asked_again_also_when_there_is_nothing() {
    let (doubling, batches) = batches();
    let twice = async {
        let first = batches.load_many([1, 2, 500]).await.unwrap();
        let second = batches.load_many([500, 2, 3]).await.unwrap();
        (first, second)
    };
    let (first, second) = batches.drive(twice).await;
    assert_eq!(first, HashMap::from([(1, 2), (2, 4)]));
    assert_eq!(second, HashMap::from([(2, 4), (3, 6)]));
    assert_eq!(*lock(&doubling.batches), [vec![1, 2, 500], vec![3]]);
}

#[tokio::test]
async fn what_came_with_others_is_not_asked_for() {
    let (doubling, batches) = batches();
    batches.know([(1, 2)]);
    assert_eq!(batches.drive(batches.load_one(1)).await, Ok(Some(2)));
    assert_eq!(lock(&doubling.batches).len(), 0);
    batches.forget();
    assert_eq!(batches.drive(batches.load_one(1)).await, Ok(Some(2)));
    assert_eq!(*lock(&doubling.batches), [vec![1]]);
}

#[tokio::test]
async fn an_operation_that_changes_things_asks_anew() {
    let (doubling, batches) = batches();
    batches.forget();
    let twice = async {
        batches.load_one(1).await.unwrap();
        batches.load_one(1).await
    };
    assert_eq!(batches.drive(twice).await, Ok(Some(2)));
    assert_eq!(lock(&doubling.batches).len(), 2);
}

#[tokio::test]
async fn an_error_reaches_all_of_its_batch_and_nobody_else() {
    let (_, batches) = batches();
    let both = async {
        let (bad, good) = futures_util::join!(
            try_join(batches.load_one(13), batches.load_one(1)),
            batches.load_one("four".to_owned())
        );
        (bad, good, batches.load_one(1).await)
    };
    let (bad, good, later) = batches.drive(both).await;
    assert_eq!(bad, Err("13".to_owned()));
    assert_eq!(good, Ok(Some(4)));
    assert_eq!(later, Ok(Some(2)));
}

#[tokio::test]
async fn a_batch_waits_for_statements_that_fields_send_by_themselves() {
    let (doubling, batches) = batches();
    let list = async {
        batches
            .alone(async {
                for _ in 0..5 {
                    tokio::task::yield_now().await;
                }
            })
            .await;
        batches.load_one(1).await
    };
    let answers = batches.drive(try_join(batches.load_one(2), list)).await;
    assert_eq!(answers, Ok((Some(4), Some(2))));
    assert_eq!(*lock(&doubling.batches), [vec![1, 2]]);
}

#[tokio::test]
async fn a_field_that_is_dropped_holds_nobody_up() {
    let (_, batches) = batches();
    let answer = async {
        let gone = batches.alone(std::future::pending::<()>());
        let _ = tokio::time::timeout(std::time::Duration::ZERO, gone).await;
        batches.load_one(2).await
    };
    assert_eq!(batches.drive(answer).await, Ok(Some(4)));
}
