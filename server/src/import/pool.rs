//! Accounts worked on by every core, their results taken by the one writer.

use super::author::{Author, Authored, Job};
use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};

/// How many accounts may wait on each side of the workers: this bounds memory.
const WAITING_MAX: usize = 64;

/// Hands out accounts and takes back what was authored.
pub struct Pool<'a, E> {
    jobs: Option<SyncSender<Job>>,
    done: Receiver<Authored>,
    out: usize,
    take: &'a mut dyn FnMut(Authored) -> Result<(), E>,
}

impl<E> Pool<'_, E> {
    /// Gives an account to the workers; while they are all busy, takes what they have done.
    pub fn give(&mut self, job: Job) -> Result<(), E> {
        let mut waiting = Some(job);
        while let (Some(job), Some(jobs)) = (waiting.take(), &self.jobs) {
            match jobs.try_send(job) {
                Ok(()) => self.out += 1,
                Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => {
                    self.take_one()?;
                    waiting = Some(job);
                }
            }
        }
        Ok(())
    }

    fn take_one(&mut self) -> Result<(), E> {
        let authored = self.done.recv().expect("each account given out comes back");
        self.out -= 1;
        (self.take)(authored)
    }
}

/// Runs `give` with a pool of workers and hands each result to `take`, on this thread.
pub fn run<E>(
    author: &Author,
    take: &mut dyn FnMut(Authored) -> Result<(), E>,
    give: impl FnOnce(&mut Pool<'_, E>) -> Result<(), E>,
) -> Result<(), E> {
    let (jobs, waiting) = sync_channel::<Job>(WAITING_MAX);
    let (finished, done) = sync_channel(WAITING_MAX);
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            let (waiting, finished) = (&waiting, finished.clone());
            scope.spawn(move || {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(job) = next else { break };
                    if finished.send(author.work(job)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(finished);
        let mut pool = Pool { jobs: Some(jobs), done, out: 0, take };
        give(&mut pool)?;
        // With nothing more to come, workers end when they have sent what they have.
        pool.jobs = None;
        while pool.out > 0 {
            pool.take_one()?;
        }
        Ok(())
    })
}
