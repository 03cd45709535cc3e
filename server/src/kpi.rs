//! Numbers for other programs: `GET /api/kpi/{id}` and `tessera kpi`, worked out by the same crate
//! as on a tablet.
//!
//! `{id}` is a dashboard: `sales`, `customers`, `retention`, `leads`, `adoption` or `quality`; or
//! `worth`, what customers will yet bring, which takes a while over a large base.
//! `?seq=N` asks for the numbers as they were known at that place of the log, `?period=` for a
//! period ([`Span`]'s codes, `quarter` where nothing is said), `?today=` for another day to see
//! them from. The whole base is counted, without a filter.

mod past;
mod zones;

use crate::{
    access::Access,
    clock,
    desk::Desk,
    error::Error,
    import::workspace::{self, Unclear},
    storage::{StorageFailure, home::Home, reader::Reader},
};
use analytics::{
    boards::{
        Which,
        gathered::{Gathered, View},
        written::Occasion,
    },
    measure::Period,
    sales::dashboard::{Sales, View as SalesView},
    span::Span,
};
use axum::{
    extract::{Path as UrlPath, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    filter::{Filter, Reader as Who},
    id::PersonId,
    time::{Day, Timestamp},
};
use serde::Deserialize;
use std::{path::Path, sync::Arc};
use sync::id::Sequence;

/// What `tessera kpi` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct KpiArgs {
    /// Which dashboard: sales, customers, retention, leads, adoption, quality or
    /// worth
    #[arg(value_name = "DASHBOARD")]
    pub id: String,
    /// The workspace meant [default: the only one there is]
    #[arg(long, env = "TESSERA_WORKSPACE", value_name = "NAME")]
    pub workspace: Option<String>,
    /// month, quarter, last-quarter, year or last-year
    #[arg(long, default_value = "quarter")]
    pub period: String,
    /// Count what was known at this place of the log [default: its end]
    #[arg(long, value_name = "N")]
    pub seq: Option<u64>,
    /// See it from this day [default: today, in the workspace's time zone]
    #[arg(long, value_name = "DAY")]
    pub today: Option<String>,
}

/// The same, as an address asks for it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    period: Option<String>,
    seq: Option<u64>,
    today: Option<String>,
}

/// Why there are no numbers.
#[derive(Debug, thiserror::Error)]
pub enum KpiFailure {
    #[error("there is no dashboard {0:?}")]
    NoDashboard(String),
    #[error("there is no period {0:?}")]
    NoPeriod(String),
    #[error("a day is written as 2026-01-31")]
    Day,
    #[error("the log ends at {0}")]
    Ahead(u64),
    #[error("the workspace has nothing in it yet")]
    Nothing,
    #[error(transparent)]
    Workspace(#[from] Unclear),
    #[error(transparent)]
    Storage(#[from] StorageFailure),
}

struct Question {
    about: About,
    span: Span,
    sequence: Option<Sequence>,
    today: Option<Day>,
}

enum About {
    Sales,
    Accounts(Which),
    Worth,
}

impl Question {
    fn read(id: &str, asked: &Asked) -> Result<Self, KpiFailure> {
        let about = match id {
            "sales" => About::Sales,
            "worth" => About::Worth,
            id => {
                let which = Which::from_code(id);
                About::Accounts(which.ok_or_else(|| KpiFailure::NoDashboard(id.to_owned()))?)
            }
        };
        let code = asked.period.as_deref().unwrap_or("quarter");
        let span = Span::from_code(code).ok_or_else(|| KpiFailure::NoPeriod(code.to_owned()))?;
        let today = asked.today.as_deref().map(str::parse).transpose();
        let today = today.map_err(|_| KpiFailure::Day)?;
        Ok(Self { about, span, sequence: asked.seq.map(Sequence), today })
    }
}

/// Answers with a dashboard's numbers.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    access: Access,
    UrlPath(id): UrlPath<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let question = Question::read(&id, &asked)?;
    let workspace = access.person.workspace;
    let reader = desk.with_home(move |home| home.open_reader(&workspace)).await?;
    let reader = reader.ok_or(Error::NoSuchAddress)?;
    let now = Timestamp(clock::now().0);
    let counted = tokio::task::spawn_blocking(move || answer(&reader, &question, now));
    let text = counted.await.map_err(|_| Error::Ended)??;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Works out what the command asks for.
pub fn run(data: &Path, args: &KpiArgs) -> Result<String, KpiFailure> {
    let asked =
        Asked { period: Some(args.period.clone()), seq: args.seq, today: args.today.clone() };
    let question = Question::read(&args.id, &asked)?;
    let home = Home::open(data)?;
    let name = workspace::meant(&home, args.workspace.as_deref())?;
    let workspace = home.workspace(&name)?.ok_or(KpiFailure::Nothing)?;
    let reader = home.open_reader(&workspace)?.ok_or(KpiFailure::Nothing)?;
    answer(&reader, &question, Timestamp(clock::now().0))
}

fn answer(reader: &Reader, question: &Question, now: Timestamp) -> Result<String, KpiFailure> {
    let head = reader.hold()?;
    let sequence = question.sequence.unwrap_or(head);
    if sequence > head {
        return Err(KpiFailure::Ahead(head.0));
    }
    let past::Known { rows, configuration } = past::known(reader, sequence)?;
    let zone = Arc::new(zones::zone(configuration.time_zone.as_deref()));
    let today = question.today.unwrap_or_else(|| zone.day_of(now));
    let configuration = Arc::new(configuration);
    // Without a filter nobody's own accounts are asked for, so that it does not matter who looks.
    let (filter, reader) = (Filter::default(), Who { person: PersonId([0; 16]), today });
    let occasion = Occasion { rows: &rows, span: question.span, today, sequence: sequence.0 };
    Ok(match question.about {
        About::Accounts(which) => {
            let view = View { which, configuration, filter, reader, zone };
            occasion.write(&Gathered::of(&rows, view))
        }
        About::Worth => {
            let which = Which::Customers;
            let view = View { which, configuration, filter, reader, zone };
            let gathered = Gathered::of(&rows, view);
            let last = question.span.so_far(today).days.last();
            let board = gathered.worth(last);
            board.map_or_else(String::new, |board| occasion.write_board("worth", &board, &gathered))
        }
        About::Sales => {
            let days = question.span.days(today);
            let period = Period { from: zone.start_of(days.from), to: zone.start_of(days.to) };
            let view = SalesView { configuration, filter, reader, period };
            occasion.write_sales(&Sales::of(&rows, view))
        }
    })
}

impl From<KpiFailure> for Error {
    fn from(failure: KpiFailure) -> Self {
        match failure {
            KpiFailure::NoDashboard(_) | KpiFailure::Nothing | KpiFailure::Workspace(_) => {
                Self::NoSuchAddress
            }
            KpiFailure::NoPeriod(_) | KpiFailure::Day | KpiFailure::Ahead(_) => {
                Self::MalformedQuestion
            }
            KpiFailure::Storage(failure) => Self::Storage(failure),
        }
    }
}
