//! Monitors to restore in another session, and the keys that stay theirs.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use crate::monitor::{Masks, OwnedTarget, Target};
use crate::types::id::{MonitorId, PeripheralId};

/// The application's name of a monitor. A monitor that is restored in a new session keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MonitorKey(pub(super) u32);

/// Monitors to start as soon as a session is open: those that a session had, or that were added by hand.
///
/// Nothing of a session survives its end: in the next one the monitors have to be created again, get other identifiers,
/// and the events in between are lost. They keep their keys.
///
/// ```
/// use ged188::{Masks, MonitorPlan, Target};
///
/// let mut plan = MonitorPlan::new();
/// plan.add(None, Target::agent_device("5001"), Masks::ALL);
/// let call = plan.add(None, Target::call(301, "5001"), Masks::ALL);
/// // Monitors of calls need not be restored.
/// plan.retain(|monitor| !matches!(monitor.target, Target::Call { .. }));
/// assert!(!plan.remove(call));
/// assert_eq!(plan.iter().next().unwrap().target, Target::agent_device("5001"));
/// ```
///
/// With the feature `serde` it can be kept in a file, for the next run of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonitorPlan {
    /// By key.
    pub(super) monitors: Vec<Planned>,
    pub(super) next_key: u32,
    /// Since when there are no events.
    pub(super) gap_since: Option<Duration>,
}

/// A monitor of a [`MonitorPlan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedMonitor<'a> {
    /// Its key, in the plan and in the session.
    pub key: MonitorKey,
    /// Where it watches; `None` for anywhere.
    pub peripheral_id: Option<PeripheralId>,
    /// What it watches.
    pub target: Target<'a>,
    /// Which events it lets through.
    pub masks: Masks,
    /// Its identifier in the session before.
    pub previous_id: Option<MonitorId>,
}

/// A monitor to start.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Planned {
    pub(super) key: MonitorKey,
    pub(super) target: OwnedTarget,
    pub(super) peripheral_id: Option<PeripheralId>,
    pub(super) masks: Masks,
    pub(super) previous_id: Option<MonitorId>,
    /// Whether it is part of a plan.
    #[cfg_attr(feature = "serde", serde(skip, default = "yes"))]
    pub(super) restored: bool,
}

impl Planned {
    fn view(&self) -> PlannedMonitor<'_> {
        let Self { key, peripheral_id, masks, previous_id, .. } = *self;
        PlannedMonitor { key, peripheral_id, target: self.target.as_target(), masks, previous_id }
    }
}

impl MonitorPlan {
    /// A plan without monitors.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a monitor.
    pub fn add(
        &mut self,
        peripheral_id: Option<PeripheralId>,
        target: Target<'_>,
        masks: Masks,
    ) -> MonitorKey {
        let key = MonitorKey(self.next_key);
        self.next_key += 1;
        let (target, previous_id) = (target.into(), None);
        self.monitors.push(Planned { key, target, peripheral_id, masks, previous_id, restored: true });
        key
    }

    /// Removes a monitor; false if it is not part of the plan.
    pub fn remove(&mut self, monitor: MonitorKey) -> bool {
        let at = self.monitors.binary_search_by_key(&monitor, |planned| planned.key);
        at.map(|at| self.monitors.remove(at)).is_ok()
    }

    /// Keeps those monitors for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(PlannedMonitor<'_>) -> bool) {
        self.monitors.retain(|planned| keep(planned.view()));
    }

    /// The monitors, in the order of their keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = PlannedMonitor<'_>> {
        self.monitors.iter().map(Planned::view)
    }

    /// How many monitors there are.
    pub fn len(&self) -> usize {
        self.monitors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.monitors.is_empty()
    }
}

#[cfg(feature = "serde")]
fn yes() -> bool {
    true
}

/// The monitors as a list.
#[cfg(feature = "serde")]
impl serde::Serialize for MonitorPlan {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.monitors)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for MonitorPlan {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut monitors = Vec::<Planned>::deserialize(from)?;
        monitors.sort_by_key(|planned| planned.key);
        if monitors.windows(2).any(|two| matches!(two, [a, b] if a.key == b.key)) {
            return Err(serde::de::Error::custom("two monitors have the same key"));
        }
        let next_key = monitors.last().map_or(0, |last| last.key.0.saturating_add(1));
        // There has to be room for those that are added.
        if next_key > u32::MAX / 2 {
            return Err(serde::de::Error::custom("a key is too large"));
        }
        Ok(Self { monitors, next_key, gap_since: None })
    }
}

/// A plan that is being carried out.
#[derive(Debug)]
pub(super) struct Restore {
    pub(super) left: VecDeque<Planned>,
    pub(super) pending: usize,
    pub(super) started: usize,
    pub(super) failed: usize,
    pub(super) gap_since: Option<Duration>,
    /// How long there was no session, once this one is open.
    pub(super) gap: Option<Duration>,
}

impl From<MonitorPlan> for Restore {
    fn from(plan: MonitorPlan) -> Self {
        let (left, gap_since) = (plan.monitors.into(), plan.gap_since);
        Self { left, pending: 0, started: 0, failed: 0, gap_since, gap: None }
    }
}
