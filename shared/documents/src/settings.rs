//! How settings are kept: each at a key of its own, with its subject, as one value.
//!
//! Whoever sets two different things of one subject at once, both stand; of the same thing the
//! latest is shown, and where it is guarded both are told until a person chooses.

use crate::{
    class::Class,
    genesis,
    register::{self, Fields},
    scalar::Scalar,
};
use automerge::{Automerge, ScalarValue, transaction::Transaction};
use domain::{
    refusal::Refusal,
    setting::{Setting, SettingCandidate, SettingConflict, Subject},
};

/// What is kept at one key.
#[derive(Debug, Clone, PartialEq, minicbor::Encode, minicbor::Decode)]
struct Kept {
    #[n(0)]
    subject: Subject,
    #[n(1)]
    setting: Setting,
}

impl Scalar for Kept {
    fn to_scalar(&self) -> ScalarValue {
        minicbor::to_vec(self).expect("writing to memory cannot fail").into()
    }
    fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
        minicbor::decode(scalar.as_bytes()?).ok()
    }
}

/// Hands every setting of a document to `take`, and returns the conflicts among them.
pub(crate) fn read(
    document: &Automerge,
    class: Class,
    mut take: impl FnMut(&Subject, &Setting),
) -> Vec<SettingConflict> {
    let fields = Fields::of(document, vec![genesis::collection(class, COLLECTION)]);
    let mut keys: Vec<_> = fields.keys().collect();
    keys.sort();
    let mut conflicts = Vec::new();
    for key in keys {
        let Some(Kept { subject, setting }) = fields.shown::<Kept>(key) else { continue };
        if key_of(&subject, &setting) != *key {
            continue;
        }
        take(&subject, &setting);
        if setting.is_guarded() {
            let candidates = fields.contenders::<Kept>(key).into_iter();
            let mut candidates = candidates.map(|one| SettingCandidate {
                setting: one.value.setting,
                by: one.by,
                at: one.at,
            });
            let (shown, others) = (candidates.next(), candidates.collect::<Vec<_>>());
            if let Some(shown) = shown.filter(|_| !others.is_empty()) {
                conflicts.push(SettingConflict { subject, shown, others });
            }
        }
    }
    conflicts
}

/// Writes a setting that was admitted.
pub(crate) fn write(
    transaction: &mut Transaction<'_>,
    class: Class,
    subject: Subject,
    setting: Setting,
) -> Result<(), Refusal> {
    let key = key_of(&subject, &setting);
    let value = Kept { subject, setting }.to_scalar();
    register::set(transaction, &genesis::collection(class, COLLECTION), &key, value)
        .map_err(|_| Refusal::MalformedDocument)
}

const COLLECTION: &str = "settings";

/// Returns the key of a setting: who it is about, and which of its things it sets.
fn key_of(subject: &Subject, setting: &Setting) -> String {
    let subject = match subject {
        Subject::Workspace => "workspace".to_owned(),
        Subject::Person(id) => format!("person/{id}"),
        Subject::Team(id) => format!("team/{id}"),
        Subject::Territory(code) => format!("territory/{code}"),
        Subject::Pipeline(id) => format!("pipeline/{}", id.0),
        Subject::Stage(id) => format!("stage/{}", id.0),
        Subject::Term(vocabulary, code) => format!("term/{}/{code}", *vocabulary as u8),
        Subject::Currency(code) => format!("currency/{code}"),
        Subject::Calendar(code) => format!("calendar/{code}"),
        Subject::Product(id) => format!("product/{id}"),
        Subject::View(id) => format!("view/{id}"),
        Subject::Segment(id) => format!("segment/{id}"),
    };
    format!("{subject}/{}", field_of(setting))
}

fn field_of(setting: &Setting) -> String {
    use Setting as S;
    let plain = match setting {
        S::NameIn(language, _) => return format!("name.{}", language.tag()),
        S::ExitCheck(check, _) => return format!("exit.{}", *check as u8),
        S::Member(person, _) => return format!("member.{person}"),
        S::Rate(base, on, _) => return format!("rate.{base}.{on}"),
        S::Hours(weekday, _) => return format!("hours.{}", *weekday as u8),
        S::Holiday(day, _) => return format!("holiday.{day}"),
        S::Name(_) => "name",
        S::Order(_) => "order",
        S::Archived(_) => "archived",
        S::Pipeline(_) => "pipeline",
        S::StageCategory(_) => "stage_category",
        S::Probability(_) => "probability",
        S::StaleAfterDays(_) => "stale_after_days",
        S::Outcome(_) => "outcome",
        S::CountsAs(_) => "counts_as",
        S::ReportingCurrency(_) => "reporting_currency",
        S::TimeZone(_) => "time_zone",
        S::Calendar(_) => "calendar",
        S::Code(_) => "code",
        S::Category(_) => "category",
        S::Unit(_) => "unit",
        S::Price(_) => "price",
        S::Cost(_) => "cost",
        S::Role(_) => "role",
        S::Guided(_) => "guided",
        S::Filter(_) => "filter",
        S::Of(_) => "of",
        S::Conditions(_) => "conditions",
        S::Frozen(_) => "frozen",
        S::Advice(_) => "advice",
    };
    plain.to_owned()
}
