//! Offices side by side, written one after the other. Must not know what an office is.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Works on items side by side, taken in order, and commits what came of them in order. No more than `jobs` are at work, and one
/// more may wait.
///
/// # Errors
/// The first error of `work` or `commit`; nothing after it is committed.
pub fn in_order<I: Sync, T: Send, E: Send>(
    items: &[I],
    jobs: usize,
    work: impl Fn(&I) -> Result<T, E> + Sync,
    mut commit: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, std::thread::Result<Result<T, E>>>> = Mutex::new(BTreeMap::new());
    let committed = AtomicUsize::new(0);
    let changed = Condvar::new();
    let lock = || done.lock().unwrap_or_else(PoisonError::into_inner);
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()).max(1) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::SeqCst);
                    let Some(item) = items.get(i) else { break };
                    // A worker that runs ahead waits, so that memory holds only a few offices.
                    let mut waiting = lock();
                    while i > committed.load(Ordering::SeqCst) + jobs {
                        waiting = changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                    }
                    drop(waiting);
                    // A panic must reach the waiting thread, or it would wait for ever.
                    let made = catch_unwind(AssertUnwindSafe(|| work(item)));
                    lock().insert(i, made);
                    changed.notify_all();
                }
            });
        }
        let mut result = Ok(());
        for i in 0..items.len() {
            let mut waiting = lock();
            let made = loop {
                match waiting.remove(&i) {
                    Some(made) => break made,
                    None => waiting = changed.wait(waiting).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(waiting);
            // Under the lock, or a worker about to wait could miss it.
            let release = |upto: usize| {
                let held = lock();
                committed.store(upto, Ordering::SeqCst);
                drop(held);
                changed.notify_all();
            };
            let stop = || {
                next.store(items.len(), Ordering::SeqCst);
                release(usize::MAX / 2);
            };
            result = match made {
                Ok(made) => made.and_then(&mut commit),
                Err(panic) => {
                    stop();
                    resume_unwind(panic)
                }
            };
            if result.is_err() {
                stop();
                break;
            }
            release(i + 1);
        }
        result
    })
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn in_order_whatever_the_threads_and_stops_at_the_first_error() {
        let items: Vec<u64> = (0..200).collect();
        for jobs in [1, 2, 8] {
            let mut seen = Vec::new();
            let work = |i: &u64| {
                // Uneven work, so that later items are done before earlier ones.
                let spun = (0..(i * 7919) % 500).fold(0_u64, |a, b| a.wrapping_add(b));
                if *i == 150 { Err(spun) } else { Ok((*i, spun)) }
            };
            let done = in_order(&items, jobs, work, |(i, _)| {
                seen.push(i);
                Ok(())
            });
            assert!(done.is_err());
            assert_eq!(seen, (0..150).collect::<Vec<_>>(), "{jobs} jobs");
        }
    }

    #[test]
    fn a_panic_ends_the_run_instead_of_hanging_it() {
        let items: Vec<u32> = (0..50).collect();
        let work = |i: &u32| -> Result<u32, ()> { if *i == 3 { panic!("broken") } else { Ok(*i) } };
        let ended = std::panic::catch_unwind(|| in_order(&items, 2, work, |_| Ok(())));
        assert!(ended.is_err());
    }
}
