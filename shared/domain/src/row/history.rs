//! Moves and activities in few bytes, so that funnels and activity counts need no document.

use super::number::{place, read, unzigzag, write, zigzag};
use crate::{
    activity::{Activity, ActivityKind, Direction},
    id::PersonId,
    pipeline::StageId,
    time::Timestamp,
};

/// A deal came into a stage. Times are kept to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered<'a> {
    pub stage: &'a StageId,
    pub at: Timestamp,
}

/// Something happened with the customer. Times are kept to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    pub kind: ActivityKind,
    pub direction: Direction,
    pub at: Timestamp,
    pub by: Option<PersonId>,
}

/// Returns the moves of a deal, oldest first, each stage as its place in `stages`, which is added to.
pub fn pack_moves<'a>(
    moves: impl Iterator<Item = (&'a StageId, Timestamp)>,
    created_at: Timestamp,
    stages: &mut Vec<StageId>,
) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), created_at.0.div_euclid(1000));
    for (stage, at) in moves {
        write(&mut bytes, place(stages, stage));
        let at = at.0.div_euclid(1000);
        write(&mut bytes, zigzag(at - last));
        last = at;
    }
    bytes
}

/// Reads what [`pack_moves`] wrote, as far as it can be read.
pub fn unpack_moves<'a>(
    mut bytes: &'a [u8],
    created_at: Timestamp,
    stages: &'a [StageId],
) -> impl Iterator<Item = Entered<'a>> + use<'a> {
    let mut last = created_at.0.div_euclid(1000);
    std::iter::from_fn(move || {
        let stage = stages.get(usize::try_from(read(&mut bytes)?).ok()?)?;
        last = last.checked_add(unzigzag(read(&mut bytes)?))?;
        Some(Entered { stage, at: Timestamp(last.checked_mul(1000)?) })
    })
}

/// Returns the activities, oldest first, each person as a place in `people`, which is added to.
pub fn pack_activities<'a>(
    activities: impl Iterator<Item = &'a Activity>,
    people: &mut Vec<PersonId>,
) -> Vec<u8> {
    let mut activities: Vec<_> = activities.collect();
    activities.sort_by_key(|activity| activity.at);
    let (mut bytes, mut last) = (Vec::new(), 0);
    for activity in activities {
        let at = activity.at.0.div_euclid(60_000);
        write(&mut bytes, zigzag(at - last));
        last = at;
        let by = activity.by.map_or(0, |person| place(people, &person) + 1);
        let sort = activity.kind as u64 * 3 + activity.direction as u64;
        write(&mut bytes, by * SORTS + sort);
    }
    bytes
}

/// Reads what [`pack_activities`] wrote, as far as it can be read.
pub fn unpack_activities<'a>(
    mut bytes: &'a [u8],
    people: &'a [PersonId],
) -> impl Iterator<Item = Happened> + use<'a> {
    let mut last = 0_i64;
    std::iter::from_fn(move || {
        last = last.checked_add(unzigzag(read(&mut bytes)?))?;
        let number = read(&mut bytes)?;
        let (by, sort) = (number / SORTS, number % SORTS);
        let by = usize::try_from(by).ok()?.checked_sub(1).and_then(|place| people.get(place));
        let kind = minicbor::decode(&[u8::try_from(sort / 3).ok()?]).ok()?;
        let direction = minicbor::decode(&[u8::try_from(sort % 3).ok()?]).ok()?;
        Some(Happened {
            kind,
            direction,
            at: Timestamp(last.checked_mul(60_000)?),
            by: by.copied(),
        })
    })
}

/// Room for eight kinds of activity and three directions; the rest of the number says who.
const SORTS: u64 = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_read_back_as_written() {
        let [new, won] = ["new", "won"].map(|code| StageId(code.to_owned()));
        let (first, last) = (Timestamp(1_695_867_960_000), Timestamp(1_696_022_460_000));
        let mut stages = vec![won.clone()];
        let moves = [(&new, first), (&won, last), (&new, first)];
        let bytes = pack_moves(moves.into_iter(), first, &mut stages);
        assert_eq!((bytes.len(), stages.len()), (10, 2));
        let read: Vec<_> = unpack_moves(&bytes, first, &stages).collect();
        assert_eq!(read, moves.map(|(stage, at)| Entered { stage, at }));
        assert_eq!(unpack_moves(&bytes[..5], first, &stages).count(), 1);
    }

    #[test]
    fn activities_read_back_as_written() {
        let activity = |minute: i64, by| Activity {
            kind: ActivityKind::Order,
            direction: Direction::Internal,
            at: Timestamp(minute * 60_000),
            minutes: None,
            subject: String::new(),
            body: None,
            contact: None,
            deal: None,
            by,
            kind_code: None,
        };
        let all = [activity(29_000_000, Some(PersonId([1; 16]))), activity(28_000_000, None)];
        let mut people = Vec::new();
        let bytes = pack_activities(all.iter(), &mut people);
        let read: Vec<_> = unpack_activities(&bytes, &people).collect();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].at, read[0].by), (all[1].at, None));
        assert_eq!((read[1].at, read[1].by), (all[0].at, all[0].by));
        assert_eq!((read[1].kind, read[1].direction), (all[0].kind, all[0].direction));
    }
}
