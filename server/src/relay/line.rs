//! The way back to one socket: a bounded queue, and a way to end it at once.

use sync::frame::ByeReason;
use tokio::sync::{mpsc, oneshot};

/// How many frames may wait for one socket. The machine bounds their bytes; a queue that is full
/// all the same belongs to a reader too slow to keep.
const FRAMES_MAX: usize = 4096;

/// The relay's end: frames go in. Dropping it closes the socket once they have left.
#[derive(Debug)]
pub struct Line {
    frames: mpsc::Sender<Vec<u8>>,
    ending: oneshot::Sender<ByeReason>,
}

/// The socket's end: frames come out.
#[derive(Debug)]
pub struct LineEnd {
    pub frames: mpsc::Receiver<Vec<u8>>,
    /// Set when the socket is to be closed without what still waits.
    pub ending: oneshot::Receiver<ByeReason>,
}

/// Says that the queue is full, or nobody is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck;

/// Makes both ends.
pub fn line() -> (Line, LineEnd) {
    let (frames, frames_out) = mpsc::channel(FRAMES_MAX);
    let (ending, ending_out) = oneshot::channel();
    (Line { frames, ending }, LineEnd { frames: frames_out, ending: ending_out })
}

impl Line {
    /// Queues a frame.
    pub fn send(&self, bytes: Vec<u8>) -> Result<(), Stuck> {
        self.frames.try_send(bytes).map_err(|_| Stuck)
    }

    /// Closes the socket at once, saying why and forgetting what waits.
    pub fn end(self, reason: ByeReason) {
        // A socket that is gone needs no ending.
        let _ = self.ending.send(reason);
    }
}
