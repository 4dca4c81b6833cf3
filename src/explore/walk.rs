//! Walks through the model: candidate steps for a case, of which the most novel per cost are kept.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::Decision;
use bellwether_model::dice::Dice;
use bellwether_model::operations::OperationInfo;
use bellwether_model::view::Access;
use bellwether_model::world::Share;
use bellwether_model::{Account, Call, Name, Region, Shape, World};

use super::corpus::Entry;
use super::coverage::{Cost, Coverage, Overlay, PointId};
use super::cursor::Cursor;
use super::nouns::Nouns;
use super::prepared::Prepared;
use super::search::Search;
use super::steps::{dependencies_of_last, drop_one_by_one, next_name};
use super::topics::{Topics, WalkPlan};
use super::tuning::{self, Tuning};
use super::{Cases, Generator};
use crate::run::adjacency::noun_of;
use crate::run::role;
use crate::scenario::Step;

/// The most steps that a case ends with in the other Region.
const STEPS_AWAY_MAX: usize = 6;

/// A case that is being drawn.
pub(super) struct CaseBuilder<'a> {
    cases: &'a Cases,
    tuning: &'a Tuning,
    topics: Topics,
    shape: Shape,
    cursor: Cursor,
    /// The steps drawn so far.
    pub(super) steps: Vec<Prepared>,
}

/// Steps that could be the next ones of a case.
struct Candidate {
    steps: Vec<Traced>,
    /// The state that they lead to.
    cursor: Cursor,
    /// Their novelty per cost.
    score: u32,
}

/// A step that was drawn, with the decision on its call in the world that it was drawn in.
struct Drawn {
    step: Step,
    decision: Decision,
}

/// A step with the points that it reaches.
#[derive(Clone)]
struct Traced {
    step: Prepared,
    points: Vec<PointId>,
}

/// Returns a step that names other resources in place of some; `None` if it would not be a call.
fn renamed(step: &Step, names: &BTreeMap<Name, Name>) -> Option<Step> {
    let call = crate::scenario::renamed(&step.call, names)?;
    Some(Step { call, ..step.clone() })
}

/// Returns a step that names other resources in place of some, as [`renamed`] does; itself if it names
/// none of them.
fn with_names(step: &Prepared, names: &BTreeMap<Name, Name>) -> Option<Prepared> {
    if step.names().iter().any(|name| names.contains_key(name)) {
        renamed(step, names).map(Prepared::new)
    } else {
        Some(step.clone())
    }
}

impl<'a> CaseBuilder<'a> {
    /// A case that has no steps yet.
    pub(super) fn begin(cases: &'a Cases, shape: Shape) -> Self {
        let cursor = Cursor::begin(shape, cases.assumptions);
        let topics = Topics::of(&cases.capabilities);
        Self { cases, tuning: &cases.tuning, topics, shape, cursor, steps: Vec::new() }
    }

    /// Draws the next step from all operations, whatever it reaches.
    pub(super) fn add_any_step(&mut self, dice: &mut Dice<'_>, search: &mut Search) {
        let all = WalkPlan { operations: self.topics.operations.clone(), aim: None };
        let Some(Drawn { step, decision }) = self.draw_step(&self.cursor, &all, dice) else {
            return;
        };
        let step = Prepared::new(step);
        let points = self.cursor.take_by(Some(decision), &step, self.tuning);
        self.keep(Traced { step, points }, search);
    }

    /// Draws some last steps in the other Region, in place of as many where the case has `most`.
    pub(super) fn end_away(&mut self, most: usize, dice: &mut Dice<'_>, search: &mut Search) {
        let count = 1 + dice.below(STEPS_AWAY_MAX.min(most.max(1)));
        self.steps.truncate(most.saturating_sub(count));
        self.cursor = Cursor::begin(self.shape, self.cases.assumptions);
        for step in &self.steps {
            self.cursor.advance(step);
        }
        let has = self.topics.operations.iter();
        let reads = has.filter(|info| !info.writes).copied().collect();
        let reads = WalkPlan { operations: reads, aim: None };
        for _ in 0..count {
            let (plan, from) = if dice.percent(self.tuning.chances.reads_away) {
                (&reads, Region::HOME)
            } else {
                (&self.topics.draw(self.tuning, dice, search), Region::AWAY)
            };
            let drawn = (0..self.tuning.tries).find_map(|_| self.draw_step_away(from, plan, dice));
            let Some(step) = drawn.map(Prepared::new) else { continue };
            let points = self.cursor.take(&step, self.tuning);
            self.keep(Traced { step, points }, search);
        }
    }

    /// Draws one step in the other Region, by what there is in the Region `from`.
    fn draw_step_away(&self, from: Region, plan: &WalkPlan, dice: &mut Dice<'_>) -> Option<Step> {
        let world = self.cursor.world().in_region(from);
        let Drawn { step, .. } = self.draw_step_in(&world, self.cursor.named(), plan, dice)?;
        let call = step.call.made_in(Region::AWAY);
        let is_away = call.region() == Region::AWAY && self.cases.capabilities.can(&call);
        is_away.then_some(Step { call, ..step })
    }

    /// Draws the next steps, at most `most`: of several walks and entries of the corpus the candidate
    /// with the highest score.
    pub(super) fn add_best_walk(&mut self, most: usize, dice: &mut Dice<'_>, search: &mut Search) {
        let mut best: Option<Candidate> = None;
        let mut finds = Vec::new();
        let mut aims = Vec::new();
        let mut won = None;
        for _ in 0..self.tuning.walks {
            let plan = self.topics.draw(self.tuning, dice, search);
            aims.extend(plan.aim);
            let length = most.min(self.tuning.walk_steps);
            let Some(candidate) = self.walk(&plan, length, dice, search, &mut finds) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| candidate.score > best.score) {
                best = Some(candidate);
                won = plan.aim;
            }
        }
        for aim in aims {
            search.add_aim(aim, won.is_none_or(|it: &OperationInfo| it.place != aim.place));
        }
        for steps in finds {
            search.corpus.learn(self.cases, self.shape, &steps);
        }
        let score = best.as_ref().map_or(0, |best| best.score);
        if let Some(candidate) = self.best_of_corpus(most, score, search) {
            best = Some(candidate);
        }
        let Some(mut best) = best else { return };
        if self.tuning.has(&tuning::TRIMMING) {
            best = self.trimmed(best, &search.coverage);
        }
        self.cursor = best.cursor;
        for step in best.steps {
            self.keep(step, search);
        }
    }

    fn keep(&mut self, Traced { step, points }: Traced, search: &mut Search) {
        let info = step.call.info();
        let nouns = step.names().iter().map(|name| Nouns::of(noun_of(name.as_str())));
        search.add_named(info, nouns.fold(Nouns::default(), Nouns::with));
        search.add_topic(info.topic);
        search.coverage.add(&points);
        self.steps.push(step);
    }

    /// Walks, and returns the most novel step of the walk with those that it depends on. Steps that
    /// the corpus wants are added to `finds`.
    fn walk(
        &self,
        plan: &WalkPlan,
        length: usize,
        dice: &mut Dice<'_>,
        search: &Search,
        finds: &mut Vec<Vec<Prepared>>,
    ) -> Option<Candidate> {
        let wants =
            |points: &[PointId], steps| search.corpus.wants(self.shape, points, steps, self.tuning);
        let mut cursor = self.cursor.clone();
        let mut overlay = Overlay::of(&search.coverage, self.tuning);
        let mut steps: Vec<Prepared> = Vec::with_capacity(length);
        let mut best: Option<(u32, usize)> = None;
        for _ in 0..length {
            let drawn = (0..self.tuning.tries).find_map(|_| self.draw_step(&cursor, plan, dice));
            let Some(Drawn { step, decision }) = drawn else { break };
            let step = Prepared::new(step);
            let points = cursor.take_by(Some(decision), &step, self.tuning);
            let novelty = overlay.novelty(&points);
            overlay.add(&points);
            if best.is_none_or(|(most, _)| novelty > most) {
                best = Some((novelty, steps.len()));
            }
            steps.push(step);
            if wants(&points, 1) {
                let all = dependencies_of_last(self.steps.iter().chain(&steps));
                if wants(&points, all.len()) {
                    finds.push(all);
                }
            }
        }
        let (_, last) = best?;
        steps.truncate(last + 1);
        Some(self.candidate(&dependencies_of_last(steps.iter()), &search.coverage))
    }

    /// Returns the candidate of the corpus with the highest score; `None` if none is above `score`.
    fn best_of_corpus(&self, most: usize, score: u32, search: &mut Search) -> Option<Candidate> {
        if !self.tuning.has(&tuning::CORPUS) {
            return None;
        }
        let Search { corpus, coverage, .. } = search;
        let entries = corpus.best(self.shape, most, score, coverage, self.tuning);
        let fitted = entries.into_iter().filter_map(|entry| self.fit(entry, coverage));
        fitted.filter(|it| it.score > score).max_by_key(|it| it.score)
    }

    /// Returns an entry as a candidate here: what it makes has new names, or is there already.
    fn fit(&self, entry: &Entry, coverage: &Coverage) -> Option<Candidate> {
        let mut names: BTreeMap<Name, Name> = BTreeMap::new();
        let mut taken = self.cursor.named().clone();
        let mut steps = Vec::with_capacity(entry.steps.len());
        for step in &entry.steps {
            let mut step = renamed(step, &names)?;
            if let Some(made) = &step.made {
                let noun = step.call.makes();
                let name = next_name(&taken, noun);
                taken.insert(name.clone());
                names.insert(made.clone(), name.clone());
                step.made = Some(name);
            }
            steps.push(Prepared::new(step));
        }
        let mut best = self.candidate(&steps, coverage);
        if !self.tuning.has(&tuning::REUSE) {
            return Some(best);
        }
        let mut index = 0;
        while index < steps.len() {
            match self.reusing(&steps, index, best.score, coverage) {
                Some((fewer, candidate)) => (steps, best) = (fewer, candidate),
                None => index += 1,
            }
        }
        Some(best)
    }

    /// Returns the steps without the one at `index`, with a resource of the case in place of the one
    /// that it makes; `None` if that does not score above `score`.
    fn reusing(
        &self,
        steps: &[Prepared],
        index: usize,
        score: u32,
        coverage: &Coverage,
    ) -> Option<(Vec<Prepared>, Candidate)> {
        let making = &steps[index];
        let made = making.made.as_ref()?;
        let alike = self.steps.iter().rev().filter(|it| {
            it.actor == making.actor && it.call.operation() == making.call.operation()
        });
        let exists = |name: &Name| self.cursor.world().has_made(name);
        let there = alike.filter_map(|it| it.made.clone()).filter(exists);
        for name in there.take(self.tuning.reused) {
            let names = BTreeMap::from([(made.clone(), name)]);
            let rest = steps.iter().enumerate().filter(|(place, _)| *place != index);
            let fewer: Option<Vec<Prepared>> =
                rest.map(|(_, step)| with_names(step, &names)).collect();
            let fewer = fewer?;
            let candidate = self.candidate(&fewer, coverage);
            if candidate.score > score {
                return Some((fewer, candidate));
            }
        }
        None
    }

    /// Returns the candidate that steps are from here.
    fn candidate(&self, steps: &[Prepared], coverage: &Coverage) -> Candidate {
        let mut cursor = self.cursor.clone();
        let mut overlay = Overlay::of(coverage, self.tuning);
        let mut novelty: u32 = 0;
        let mut traced = Vec::with_capacity(steps.len());
        for step in steps {
            let points = cursor.take(step, self.tuning);
            novelty = novelty.saturating_add(overlay.novelty(&points));
            overlay.add(&points);
            traced.push(Traced { step: step.clone(), points });
        }
        Candidate {
            steps: traced,
            cursor,
            score: coverage.score(novelty, Cost::of(steps, self.tuning), self.tuning),
        }
    }

    /// Returns the candidate without the steps that its score does not need.
    fn trimmed(&self, mut candidate: Candidate, coverage: &Coverage) -> Candidate {
        let steps = candidate.steps.iter().map(|it| it.step.clone()).collect();
        drop_one_by_one(steps, |fewer, _| {
            let shorter = self.candidate(fewer, coverage);
            let scores_as_well = shorter.score >= candidate.score;
            if scores_as_well {
                candidate = shorter;
            }
            scores_as_well
        });
        candidate
    }

    /// Draws one step; `None` if the operation has no call here, or the call is not kept.
    fn draw_step(&self, cursor: &Cursor, plan: &WalkPlan, dice: &mut Dice<'_>) -> Option<Drawn> {
        self.draw_step_in(cursor.world(), cursor.named(), plan, dice)
    }

    /// Draws one step by what there is in a world, whose names are taken.
    fn draw_step_in(
        &self,
        world: &World,
        named: &BTreeSet<Name>,
        plan: &WalkPlan,
        dice: &mut Dice<'_>,
    ) -> Option<Drawn> {
        let uniform = self.cases.generator == Generator::Uniform;
        let actor = if uniform {
            dice.pick_from(self.shape.actors().iter().copied()).unwrap_or(Account::OWNER)
        } else {
            self.draw_actor(world, dice)
        };
        let weight = |info: &OperationInfo| match plan.aim {
            _ if uniform => 1,
            Some(aim) if aim.place == info.place => self.tuning.chances.aim,
            Some(_) | None => info.weight,
        };
        let weighted = plan.operations.iter().map(|info| (*info, weight(info)));
        let info = dice.pick_weighted(weighted)?;
        let call = (info.draw)(world, actor, dice)?;
        if !self.cases.capabilities.can(&call) {
            return None;
        }
        let noun = call.makes();
        let made = (!noun.is_empty()).then(|| next_name(named, noun));
        let decision = call.check(world, actor);
        let kept = self.percent_kept(world, actor, (&call, &decision), made.as_ref());
        let taken = uniform || dice.percent(kept);
        taken.then(|| Drawn { step: Step::new(actor, call, made), decision })
    }

    /// Returns the percentage of such calls that is kept: less of those that are refused, whose answer
    /// is open, or that would hit a known divergence.
    fn percent_kept(
        &self,
        world: &World,
        actor: Account,
        (call, decision): (&Call, &Decision),
        made: Option<&Name>,
    ) -> usize {
        let chances = &self.tuning.chances;
        let (rule, kept) = match decision {
            Decision::Refused(refusal) => (refusal.rule().name, chances.refused),
            Decision::Open(open) => (open.rules[0].name, chances.open),
            Decision::Granted if self.cases.known.is_empty() => ("", 100),
            Decision::Granted => {
                let name = made.cloned().unwrap_or_else(Name::none);
                (call.apply(&mut world.clone(), actor, &name).because.name, 100)
            }
        };
        let is_known = self.cases.known.iter().any(|origin| {
            origin.rule == rule
                && origin.operation == call.operation()
                && origin.role == role::of_call(world, actor, call)
        });
        if is_known { chances.known } else { kept }
    }

    /// Draws the caller: mostly the owner, or an account that a share is for.
    fn draw_actor(&self, world: &World, dice: &mut Dice<'_>) -> Account {
        let chances = &self.tuning.chances;
        let weight = |account: &Account| {
            let meant = |share: &Share| world.access(share, *account) != Access::None;
            if *account == Account::OWNER {
                chances.owner
            } else if world.shares.values().any(meant) {
                chances.consumer
            } else {
                chances.other
            }
        };
        let actors = self.shape.actors().iter().map(|account| (*account, weight(account)));
        dice.pick_weighted(actors).unwrap_or(Account::OWNER)
    }
}
