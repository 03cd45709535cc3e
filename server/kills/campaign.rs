//! Killing: once at every place, then twice, then with storage failing at every call.

use crate::{oracle, oracle::Acknowledged};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// How often a run is tried until it dies at the place it was to die at: the threads of a relay do
/// not always come by in the same order.
const TRIES: usize = 5;

/// How many places the script must lead by at least, so that a campaign that came by none is no
/// success.
const POINTS_MIN: u64 = 300;

/// What killing came to.
#[derive(Debug, Default)]
pub struct Report {
    points: u64,
    killed: u64,
    pairs: u64,
    acknowledged: u64,
    lost: u64,
    failed_restarts: u64,
    /// Calls of storage that were made to fail.
    errors: u64,
    /// Those of which somebody was told.
    errors_told: u64,
    restarts_ms: Vec<f64>,
    pub troubles: Vec<String>,
}

impl Report {
    pub fn is_sound(&self, pairs: u64) -> bool {
        self.lost + self.failed_restarts == 0
            && self.killed == self.points
            && self.points >= POINTS_MIN
            && self.pairs >= pairs.min(2_000)
            && self.errors > 0
            && self.errors == self.errors_told
    }

    pub fn to_json(&self) -> String {
        let mut restarts = self.restarts_ms.clone();
        restarts.sort_by(f64::total_cmp);
        let p99 = restarts.get(restarts.len() * 99 / 100).copied().unwrap_or(0.0);
        let Self { points, killed, pairs, acknowledged, lost, failed_restarts, .. } = self;
        let (errors, told) = (self.errors, self.errors_told);
        format!(
            "{{\"points\":{points},\"killed\":{killed},\"pairs\":{pairs},\
             \"acknowledged\":{acknowledged},\"lost\":{lost},\
             \"failed_restarts\":{failed_restarts},\"errors\":{errors},\"errors_told\":{told},\
             \"restart_p99_ms\":{p99:.1}}}"
        )
    }
}

/// How one process ended.
struct Ended {
    killed: bool,
    succeeded: bool,
    points: u64,
    /// A call of storage was made to fail.
    failed: bool,
    told: bool,
    said: String,
    acknowledged: Acknowledged,
}

struct Campaign {
    base: PathBuf,
    report: Mutex<Report>,
    /// Places in the script, and in the script done again on what it left.
    points: u64,
    points_again: u64,
    pairs: u64,
}

/// Kills at every place, then at so many pairs of places.
pub fn run(pairs: u64) -> Result<Report, String> {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let base = base.join(format!("tessera-kills-{}", std::process::id()));
    let outcome = in_folder(&base, pairs);
    // A folder that stays does no harm but the room it takes.
    let _ = fs::remove_dir_all(&base);
    outcome
}

fn in_folder(base: &Path, pairs: u64) -> Result<Report, String> {
    let (mut points, mut again) = (u64::MAX, u64::MAX);
    for number in 0..3 {
        let folder = base.join(format!("clean-{number}"));
        for least in [&mut points, &mut again] {
            let ended = process(&folder, None).map_err(|failure| failure.to_string())?;
            if !ended.succeeded {
                return Err("the script does not run even when nothing goes wrong".to_owned());
            }
            *least = (*least).min(ended.points);
        }
    }
    let campaign = Campaign {
        base: base.to_owned(),
        report: Mutex::default(),
        points,
        points_again: again,
        pairs,
    };
    campaign.report().points = points;
    let next = AtomicU64::new(1);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    if place > points {
                        return;
                    }
                    if let Err(failure) = campaign.at(place) {
                        campaign.report().troubles.push(format!("place {place}: {failure}"));
                        campaign.report().failed_restarts += 1;
                    }
                }
            });
        }
    });
    Ok(campaign.report.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Campaign {
    fn report(&self) -> std::sync::MutexGuard<'_, Report> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that is tried with a first death at one place.
    fn at(&self, place: u64) -> io::Result<()> {
        let folder = self.base.join(format!("{place}"));
        let mut first = None;
        let mut passed = 0;
        for _ in 0..TRIES {
            let _ = fs::remove_dir_all(&folder);
            let ended = process(&folder, Some((place, "kill")))?;
            if ended.killed {
                first = Some(ended.acknowledged);
                break;
            }
            passed = passed.max(ended.points);
        }
        let Some(first) = first else {
            // What is committed together differs from run to run, and with it the number of places:
            // none of these runs had as many. One that came by without dying is another matter.
            let mut report = self.report();
            if passed < place {
                report.points -= 1;
            } else {
                report.troubles.push(format!("place {place}: nothing died"));
            }
            return Ok(());
        };
        self.report().killed += 1;
        let trial = self.base.join(format!("{place}-trial"));
        copy(&folder, &trial)?;
        self.comes_back(&trial, &first, &format!("killed at {place}"));
        let each = self.pairs.div_ceil(self.points);
        for pair in 0..each {
            let second = 1 + (place * 7 + pair * self.points_again / each) % self.points_again;
            for _ in 0..TRIES {
                copy(&folder, &trial)?;
                let ended = process(&trial, Some((second, "kill")))?;
                let mut acknowledged = first.clone();
                acknowledged.extend(ended.acknowledged);
                self.comes_back(&trial, &acknowledged, &format!("killed at {place}, {second}"));
                if ended.killed {
                    self.report().pairs += 1;
                    break;
                }
            }
        }
        for fault in ["full", "unreadable"] {
            let _ = fs::remove_dir_all(&trial);
            let ended = process(&trial, Some((place, fault)))?;
            // Not every place is a call of storage; the others cannot fail.
            if ended.failed {
                self.report().errors += 1;
                self.report().errors_told += u64::from(ended.told);
            }
            self.comes_back(&trial, &ended.acknowledged, &format!("{fault} at {place}"));
        }
        fs::remove_dir_all(&trial)?;
        fs::remove_dir_all(&folder)
    }

    /// Opens the workspace, has every device come back, and sees that nothing is lost.
    fn comes_back(&self, folder: &Path, acknowledged: &Acknowledged, what: &str) {
        let begun = Instant::now();
        // In a process of its own: a child that another thread is starting holds this one's locks.
        let outcome = process(folder, None).map_err(|failure| failure.to_string());
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        let found = outcome.and_then(|ended| match ended.succeeded {
            true => oracle::lost(folder, acknowledged),
            false => Err(ended.said),
        });
        let mut report = self.report();
        report.restarts_ms.push(took);
        report.acknowledged += acknowledged.len() as u64;
        match found {
            Ok(lost) => {
                report.lost += lost.len() as u64;
                report.troubles.extend(lost.iter().map(|one| format!("{what}: {one}")));
            }
            Err(failure) => {
                report.failed_restarts += 1;
                report.troubles.push(format!("{what}: {failure}"));
            }
        }
    }
}

/// Runs the script in a process of its own.
fn process(folder: &Path, fault: Option<(u64, &str)>) -> io::Result<Ended> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--work").arg(folder);
    if let Some((at, fault)) = fault {
        command.args(["--at", &at.to_string(), "--fault", fault]);
    }
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut acknowledged = Acknowledged::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("ack ")) {
        let Some((hash, place)) = line.split_once(' ') else { continue };
        acknowledged.extend(place.parse().ok().map(|place| (hash.to_owned(), place)));
    }
    let points = text.lines().find_map(|line| line.strip_prefix("points ")?.parse().ok());
    Ok(Ended {
        killed: points.is_none() && output.status.code().is_none(),
        succeeded: output.status.success(),
        points: points.unwrap_or(0),
        failed: text.lines().any(|line| line == "failed"),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        told: text.lines().any(|line| line.starts_with("told ")) || !output.stderr.is_empty(),
        acknowledged,
    })
}

/// Copies a folder as it is, in place of whatever is there.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
