//! How each deed is done.

mod browsing;
mod mail;
mod operators;
mod porten;

use super::{deed::Deed, world::World};

/// Does it, from beginning to end.
pub async fn perform(world: &World, deed: &Deed) {
    match deed {
        Deed::At(seat, act) => browsing::acts(world, *seat, act, true).await,
        Deed::Abandoned(seat, act) => browsing::acts(world, *seat, act, false).await,
        Deed::Waits(seconds) => world.time.passes(*seconds),
        Deed::Sweeper => mail::sweeps(world).await,
        Deed::Broom => world.sweeps_up(),
        Deed::News(nth, news) => mail::tells(world, *nth, *news).await,
        Deed::Ends(nth, told) => porten::ends(world, *nth, *told).await,
        Deed::NewSigningKey => porten::new_signing_key(world),
        Deed::BadToken(flaw) => porten::bad_token(world, *flaw),
        Deed::ReplaysLogout => porten::replays_logout(world).await,
        Deed::Starts(function) => operators::starts(world, function).await,
        Deed::OldInstances(they_answer) => world.functions.old_ones_answer(*they_answer),
        Deed::ChangesKey(set) => operators::changes_key(world, *set),
        Deed::ImportsAgain(nth) => operators::imports_again(world, *nth).await,
        Deed::Alters(nth, how) => operators::alters(world, *nth, *how),
        Deed::ClockOff(function, seconds) => world.time.puts_off(function, *seconds),
    }
}
