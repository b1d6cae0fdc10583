//! Carries the steps of a history out, one call at a time.
//!
//! Everything runs in one thread. A step goes on until its function calls a service; the call waits
//! at the wire, and here it is decided what becomes of it: it is applied and answered, or some
//! mishap strikes. A step whose answer takes its time is laid aside, and others go on meanwhile. So
//! every order of events is a choice of ours, and the same choices make the same history.
//!
//! The timers of functions run on tokio's clock, which stands still unless a step has nothing to do
//! but wait: a deadline costs no time.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake},
    time::Duration,
};

use kontobro::bundle::Bundle;
use standins::wire::{Answer, Call, Held, Outcome};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    functions::Invocation,
    mishap::{Mishap, Moment},
    site::{Calls, Site},
    world::World,
};

/// Turns of the runtime without any news, after which nothing is under way but what waits for us or
/// for time. Loopback delivers within one turn; a new connection takes four of them.
const QUIET: usize = 8;
/// Real time in which the kernel delivers whatever it has, before a step is taken to be waiting.
const DELIVERY: Duration = Duration::from_micros(50);
/// Time that passes at once while a step only waits.
const TICK: Duration = Duration::from_millis(100);
/// No step waits longer than this for anything.
const STUCK: Duration = Duration::from_mins(2);

/// Decides what happens at each call.
pub trait Fate {
    fn at(&mut self, step: usize, call: usize, site: &Site) -> Option<Mishap>;
}

/// Nothing goes wrong.
pub struct Nothing;

impl Fate for Nothing {
    fn at(&mut self, _: usize, _: usize, _: &Site) -> Option<Mishap> {
        None
    }
}

/// One step on its way.
pub struct Activity<'w> {
    pub step: usize,
    work: Pin<Box<dyn Future<Output = ()> + 'w>>,
    woken: Arc<Woken>,
    calls: Calls,
    /// Calls that have arrived and wait for their turn.
    queue: Vec<Held>,
    /// The call that this step was laid aside at, with its answer if it was applied.
    laid_aside: Option<(Held, Option<Answer>)>,
    /// How long it has waited in this invocation.
    waited: Duration,
    invocation: usize,
    /// It was not woken when it was looked at last.
    is_still: bool,
}

/// How far a step has come.
#[derive(Debug, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// It goes on after so many steps of others.
    LaidAside(usize),
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl<'w> Activity<'w> {
    pub fn new(step: usize, work: impl Future<Output = ()> + 'w) -> Self {
        let woken = Woken(AtomicBool::new(true));
        Self {
            step,
            work: Box::pin(work),
            woken: Arc::new(woken),
            calls: Calls::default(),
            queue: Vec::new(),
            laid_aside: None,
            waited: Duration::ZERO,
            invocation: 0,
            is_still: false,
        }
    }

    fn is_woken(&self) -> bool {
        self.woken.0.load(Ordering::SeqCst)
    }

    fn is_done(&mut self) -> bool {
        self.woken.0.store(false, Ordering::SeqCst);
        let waker = self.woken.clone().into();
        self.work.as_mut().poll(&mut Context::from_waker(&waker)) == Poll::Ready(())
    }
}

/// Who carries out.
pub struct Conductor<'w> {
    world: &'w World,
    held: &'w mut UnboundedReceiver<Held>,
    /// Requests under way that nobody waits for, each with the steps until it arrives.
    late: Vec<(usize, Held, Option<Arc<Invocation>>)>,
    /// Requests that are never answered. They are kept, as a lost one cuts its connection.
    unanswered: Vec<Held>,
}

impl<'w> Conductor<'w> {
    pub fn new(world: &'w World, held: &'w mut UnboundedReceiver<Held>) -> Self {
        Self { world, held, late: Vec::new(), unanswered: Vec::new() }
    }

    /// Starts every function, once the connections of those that were there before are gone.
    pub async fn starts_everything(&mut self) {
        let world = self.world;
        let work = async move {
            for function in Bundle::FUNCTIONS {
                world.functions.start(function).await.expect("it starts");
            }
        };
        for _ in 0..QUIET {
            tokio::task::yield_now().await;
        }
        while self.held.try_recv().is_ok() {} // calls of those before
        self.goes_on(&mut Activity::new(0, work), &mut Nothing).await;
    }

    /// Goes on with a step as far as it comes. Whatever is down then comes up.
    pub async fn goes_on(&mut self, activity: &mut Activity<'w>, fate: &mut dyn Fate) -> Progress {
        let progress = self.goes(activity, fate).await;
        self.world.all_come_up();
        progress
    }

    async fn goes(&mut self, activity: &mut Activity<'w>, fate: &mut dyn Fate) -> Progress {
        if let Some((held, answer)) = activity.laid_aside.take() {
            let answer = match answer {
                Some(answer) => answer,
                None => self.apply(&held, self.invocation(activity).as_ref()).await,
            };
            held.answer(Outcome::Answer(answer));
        }
        let mut only_time_has_passed = false;
        loop {
            if self.settles(activity).await {
                return Progress::Done;
            }
            if activity.queue.is_empty() && !(only_time_has_passed && activity.is_still) {
                // What is on its way through a busy kernel comes now, or there is nothing.
                std::thread::sleep(DELIVERY);
                if self.settles(activity).await {
                    return Progress::Done;
                }
            }
            only_time_has_passed = activity.queue.is_empty();
            if only_time_has_passed {
                self.waits(activity).await;
            } else {
                let held = activity.queue.remove(0);
                if let Some(steps) = self.meets(activity, held, fate).await {
                    return Progress::LaidAside(steps);
                }
            }
        }
    }

    /// One step more has been carried out: what was late so long arrives now.
    pub async fn a_step_has_passed(&mut self) {
        for (steps, ..) in &mut self.late {
            *steps = steps.saturating_sub(1);
        }
        self.late_ones_arrive().await;
    }

    /// Everything that is under way arrives.
    pub async fn all_arrives(&mut self) {
        self.late.iter_mut().for_each(|(steps, ..)| *steps = 0);
        self.late_ones_arrive().await;
        self.unanswered.clear();
    }

    async fn late_ones_arrive(&mut self) {
        let (due, late) = std::mem::take(&mut self.late).into_iter().partition(|(n, ..)| *n == 0);
        self.late = late;
        let due: Vec<(usize, Held, Option<Arc<Invocation>>)> = due;
        for (_, held, invocation) in due {
            self.apply(&held, invocation.as_ref()).await;
            self.unanswered.push(held);
        }
    }

    /// Lets everything happen that happens by itself.
    ///
    /// # Returns
    /// Whether the step is done.
    async fn settles(&mut self, activity: &mut Activity<'w>) -> bool {
        self.world.functions.works_for(activity.step);
        let mut quiet = 0;
        activity.is_still = true;
        while quiet < QUIET {
            if activity.is_woken() {
                activity.is_still = false;
                if activity.is_done() {
                    return true;
                }
            }
            // A busy kernel may deliver later than at once: it has its turn too, now and then, as
            // that costs more than all else here.
            if quiet % 4 == 1 {
                std::thread::yield_now();
            }
            tokio::task::yield_now().await;
            let before = activity.queue.len();
            while let Ok(held) = self.held.try_recv() {
                activity.queue.push(held);
            }
            let news = activity.queue.len() > before || activity.is_woken();
            quiet = if news { 0 } else { quiet + 1 };
        }
        // Calls in parallel arrive in any order, and are met in this.
        let place = |call: &Call| (call.service, call.operation.clone(), call.fingerprint);
        activity.queue.sort_by_key(|held| place(&held.call));
        false
    }

    fn invocation(&self, activity: &Activity<'_>) -> Option<Arc<Invocation>> {
        self.world.functions.under_way(activity.step)
    }

    /// Nothing to do but wait: time passes.
    async fn waits(&mut self, activity: &mut Activity<'w>) {
        let invocation = self.invocation(activity);
        let id = invocation.as_ref().map_or(0, |of| of.id);
        if activity.invocation != id {
            (activity.invocation, activity.waited) = (id, Duration::ZERO);
        }
        activity.waited += TICK;
        assert!(activity.waited < STUCK, "step {} waits for nothing", activity.step);
        tokio::time::advance(TICK).await;
        if let Some(invocation) = invocation.filter(|of| activity.waited >= of.patience()) {
            invocation.times_out();
            activity.woken.clone().wake();
        }
    }

    /// A call has arrived: what becomes of it?
    ///
    /// # Returns
    /// For how many steps the activity is laid aside, if it is.
    async fn meets(
        &mut self,
        activity: &mut Activity<'w>,
        mut held: Held,
        fate: &mut dyn Fate,
    ) -> Option<usize> {
        let invocation = self.invocation(activity);
        let (id, function, route) = match &invocation {
            Some(of) => (of.id, &*of.function, &*of.route),
            None => (0, "", "start"),
        };
        let call = (held.call.service, &*held.call.operation, held.call.fingerprint);
        let site = activity.calls.site((id, function, route), call);
        let number = activity.calls.made;
        activity.calls.made += 1;
        self.world.begun.borrow_mut().notes(&held, id);
        if held.is_alone() {
            // Who called has given up meanwhile. The request is on its way all the same.
            self.apply(&held, invocation.as_ref()).await;
            return None;
        }
        let mishap = fate.at(activity.step, number, &site);
        let Some(mishap) = mishap else {
            let answer = self.apply(&held, invocation.as_ref()).await;
            held.answer(Outcome::Answer(answer));
            return None;
        };
        self.world.begun.borrow_mut().notes_mishap(mishap, id);
        match mishap {
            Mishap::Held(moment, steps) => {
                let answer = match moment {
                    Moment::Before => None,
                    _ => Some(self.apply(&held, invocation.as_ref()).await),
                };
                activity.laid_aside = Some((held, answer));
                return Some(steps.into());
            }
            Mishap::Frozen(moment, minutes) => {
                let stands_still = i64::from(minutes) * 60;
                if moment == Moment::Before {
                    self.world.time.passes(stands_still);
                }
                let answer = self.apply(&held, invocation.as_ref()).await;
                if moment == Moment::Applied {
                    self.world.time.passes(stands_still);
                }
                held.answer(Outcome::Answer(answer));
            }
            Mishap::Killed(moment) => {
                if moment != Moment::Before {
                    let answer = self.apply(&held, invocation.as_ref()).await;
                    if moment == Moment::Answered {
                        held.answer(Outcome::Answer(answer));
                        // The answer arrives, and that is the last thing that happens.
                        for _ in 0..QUIET {
                            tokio::task::yield_now().await;
                        }
                    }
                }
                if let Some(invocation) = &invocation {
                    invocation.kill();
                }
                activity.woken.clone().wake();
            }
            Mishap::Lost => {
                let answer = self.apply(&held, invocation.as_ref()).await;
                self.world.mail_is_lost(&answer);
                held.answer(Outcome::Answer(answer));
            }
            Mishap::Late(steps) => {
                // Its caller hears nothing; the request itself arrives some time.
                self.late.push((usize::from(steps) + 1, held, invocation));
            }
            mishap => {
                if let Mishap::Stale(changes) = mishap {
                    held.lag(changes.into());
                }
                let kind = mishap.at_the_wire(&site).expect("the wire can do all others");
                let mut right = None;
                for _ in 0..kind.applications() {
                    right = Some(self.apply(&held, invocation.as_ref()).await);
                }
                if mishap == Mishap::Refused {
                    self.world.goes_down(site.service).await;
                }
                match kind.outcome(held.body(), right) {
                    Outcome::Silence => self.unanswered.push(held),
                    outcome => held.answer(outcome),
                }
            }
        }
        None
    }

    /// The service gets the request. What it changes is noted as this invocation's doing.
    async fn apply(&self, held: &Held, by: Option<&Arc<Invocation>>) -> Answer {
        let answer = held.apply().await;
        self.world.was_applied(held, by);
        answer
    }
}
