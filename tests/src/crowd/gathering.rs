//! Many tablets at once: they arrive, work on a schedule that was fixed before, and leave.

use super::{
    CrowdFailure,
    tablet::{Order, Tablet, Told},
    timing::Timing,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinHandle,
    time,
};

/// How long a tablet that could not get in goes on trying.
const ARRIVAL_MAX: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_millis(200);
/// How long what was sent may still be answered after the last was sent.
const ANSWER_MAX: Duration = Duration::from_secs(15);
/// How long what was under way at the end of some work is waited for.
const SETTLE: Duration = Duration::from_secs(2);

/// What came of some work.
#[derive(Default)]
pub struct Tally {
    pub sent: usize,
    pub durable: Timing,
    pub turned_away: usize,
    pub seconds: f64,
}

struct Member {
    orders: mpsc::Sender<Order>,
    task: JoinHandle<Tablet>,
}

/// Tablets on the line.
pub struct Gathering {
    members: Vec<Member>,
    told: mpsc::UnboundedReceiver<Told>,
}

impl Gathering {
    /// Has all tablets arrive, so many at a time, and returns once none lacks anything.
    pub async fn of(tablets: Vec<Tablet>, at_once: usize) -> Result<Self, CrowdFailure> {
        let (tell, told) = mpsc::unbounded_channel();
        let door = Arc::new(Semaphore::new(at_once));
        let arriving: Vec<_> = tablets
            .into_iter()
            .map(|tablet| tokio::spawn(arrive(tablet, door.clone(), tell.clone())))
            .collect();
        let mut members = Vec::with_capacity(arriving.len());
        for arrival in arriving {
            let arrival = arrival.await;
            members.push(arrival.map_err(super::attempting("wait for a tablet"))??);
        }
        Ok(Self { members, told })
    }

    /// Returns how many are still on the line.
    pub fn present(&self) -> usize {
        self.members.iter().filter(|member| !member.task.is_finished()).count()
    }

    /// Has the first tablets read nothing for so long.
    pub async fn deafen(&self, tablets: usize, long: Duration) {
        for member in self.members.iter().take(tablets) {
            // One that has left needs no telling.
            let _ = member.orders.send(Order::Deaf(long)).await;
        }
    }

    /// Has the last `writers` tablets make so many edits a second between them, each at its moment
    /// whatever became of those before.
    pub async fn steady(&mut self, writers: usize, rate: u32, long: Duration) -> Tally {
        let begun = Instant::now();
        let edits = (long.as_secs_f64() * f64::from(rate)) as u32;
        // What was answered late belongs to the work before.
        self.hear(&mut Tally::default());
        let mut tally = Tally::default();
        for edit in 0..edits {
            let intended = begun + Duration::from_secs(1) * edit / rate;
            time::sleep_until(intended.into()).await;
            if self.order(edit as usize % writers, Order::Edit(intended)) {
                tally.sent += 1;
            }
            self.hear(&mut tally);
        }
        self.hear_out(&mut tally, begun).await;
        tally
    }

    /// Has the last `writers` tablets edit as fast as the relay takes it.
    pub async fn flat_out(&mut self, writers: usize, long: Duration) -> Tally {
        let begun = Instant::now();
        let mut tally = Tally::default();
        for writer in 0..writers {
            self.order(writer, Order::EditUntil(begun + long));
        }
        time::sleep(long).await;
        self.hear(&mut tally);
        tally.seconds = begun.elapsed().as_secs_f64();
        time::sleep(SETTLE).await;
        tally
    }

    fn order(&self, writer: usize, order: Order) -> bool {
        let member = self.members.iter().rev().nth(writer);
        member.is_some_and(|member| member.orders.try_send(order).is_ok())
    }

    fn hear(&mut self, tally: &mut Tally) {
        while let Ok(told) = self.told.try_recv() {
            match told {
                Told::Durable(took) => tally.durable.add(took),
                Told::TurnedAway(_) => tally.turned_away += 1,
            }
        }
    }

    async fn hear_out(&mut self, tally: &mut Tally, begun: Instant) {
        let deadline = Instant::now() + ANSWER_MAX;
        while tally.durable.count() + tally.turned_away < tally.sent && Instant::now() < deadline {
            time::sleep(Duration::from_millis(10)).await;
            self.hear(tally);
        }
        tally.seconds = begun.elapsed().as_secs_f64();
    }

    /// Lets all go, and returns them.
    pub async fn leave(self) -> Vec<Tablet> {
        let mut tablets = Vec::with_capacity(self.members.len());
        for member in self.members {
            drop(member.orders);
            tablets.extend(member.task.await.ok());
        }
        tablets
    }
}

/// Gets in, trying again while the relay is not there or has no room.
async fn arrive(
    mut tablet: Tablet,
    door: Arc<Semaphore>,
    tell: mpsc::UnboundedSender<Told>,
) -> Result<Member, CrowdFailure> {
    let deadline = Instant::now() + ARRIVAL_MAX;
    let socket = loop {
        let passage = door.acquire().await.map_err(super::attempting("get in"))?;
        match tablet.arrive().await {
            Ok(socket) => break socket,
            Err(failure) if Instant::now() > deadline => return Err(failure),
            Err(_) => {
                drop(passage);
                time::sleep(AGAIN).await;
            }
        }
    };
    let (orders, taken) = mpsc::channel(64);
    Ok(Member { orders, task: tokio::spawn(tablet.live(socket, taken, tell)) })
}
