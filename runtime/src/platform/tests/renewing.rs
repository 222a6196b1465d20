//! Renewal: in time, in the background, and never to the worse.

use super::world::{Answer, NEW, OLD, World, settle, until};
use crate::credentials::{Algorithm, PlatformKeys};
use crate::platform::AutomaticCertificates;
use core::time::Duration;

const HOUR: u64 = 60 * 60;

fn names(keys: &PlatformKeys) -> Vec<&str> {
    keys.names().collect()
}

#[tokio::test]
async fn after_twelve_hours_a_call_is_served_by_the_old_keys_while_new_ones_are_fetched() {
    let world = World::new([Answer::List(&[OLD], OLD), Answer::List(&[OLD, NEW], OLD)]);
    let store = world.store();
    store.ready().await.expect("keys");
    // No task wakes by itself here: the call alone finds that it is time.
    world.pass(12 * HOUR - 1);
    store.ready().await.expect("keys");
    assert_eq!(world.fetches(), 1);
    world.pass(1);
    world.hold();
    let keys = store.ready().await.expect("keys");
    assert_eq!(names(&keys), [world.serial(OLD)]);
    settle().await;
    assert_eq!(world.fetches(), 2);
    world.let_one_through();
    until(|| store.snapshot().names().count() == 2).await;
    // A snapshot stays as it is for whoever has it.
    assert_eq!(names(&keys), [world.serial(OLD)]);
    let snapshot = store.snapshot();
    let newest = snapshot
        .preferred(world.now(), Algorithm::Rsa)
        .expect("a key");
    assert_eq!(newest.name, world.serial(NEW));
}

#[tokio::test]
async fn the_keeper_fetches_without_any_call() {
    let world = World::new([Answer::List(&[OLD], OLD), Answer::List(&[OLD, NEW], NEW)]);
    let store = world.store();
    store.ready().await.expect("keys");
    let twelve_hours = [Duration::from_secs(12 * HOUR)];
    until(|| world.sleeping() == twelve_hours).await;
    world.pass(12 * HOUR);
    world.wake();
    until(|| store.snapshot().names().count() == 2).await;
    assert_eq!(world.fetches(), 2);
    until(|| world.sleeping() == twelve_hours).await;
}

#[tokio::test]
async fn the_keeper_ends_with_the_store() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let store = world.store();
    store.ready().await.expect("keys");
    until(|| world.sleeping().len() == 1).await;
    drop(store);
    until(|| world.sleeping().is_empty()).await;
}

#[tokio::test]
async fn a_keeper_that_was_lost_is_replaced_by_the_next_call() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    world.lose_tasks(true);
    let store = world.store();
    store.ready().await.expect("keys");
    settle().await;
    assert!(world.sleeping().is_empty());
    world.lose_tasks(false);
    store.ready().await.expect("keys");
    until(|| world.sleeping().len() == 1).await;
    store.ready().await.expect("keys");
    settle().await;
    assert_eq!(world.sleeping().len(), 1);
}

#[tokio::test]
async fn a_failed_refresh_keeps_what_works_and_is_tried_again() {
    let world = World::new([
        Answer::List(&[OLD], OLD),
        Answer::Nothing,
        Answer::List(&[NEW], super::world::PUBLIC),
        Answer::Body("{}".to_owned(), OLD),
        Answer::List(&[NEW], OLD),
    ]);
    let store = world.store();
    store.ready().await.expect("keys");
    for (pause, fetches) in [
        (12 * HOUR, 2),
        (59, 2),
        (1, 3),
        (119, 3),
        (1, 4),
        (239, 4),
        (1, 5),
    ] {
        assert!(store.snapshot().find(&world.serial(NEW)).is_none());
        world.pass(pause);
        let keys = store.ready().await.expect("the old ones");
        assert!(keys.find(&world.serial(OLD)).is_some());
        settle().await;
        assert_eq!(world.fetches(), fetches);
    }
    assert!(store.snapshot().find(&world.serial(NEW)).is_some());
    assert_eq!(world.most_in_flight(), 1);
}

#[tokio::test]
async fn what_is_no_longer_listed_verifies_for_a_while_and_encrypts_no_more() {
    let world = World::new([
        Answer::List(&[NEW, OLD], OLD),
        Answer::List(&[OLD], OLD),
        Answer::List(&[OLD], OLD),
    ]);
    let store = world.store();
    let keys = store.ready().await.expect("keys");
    let newest = keys.preferred(world.now(), Algorithm::Rsa).expect("a key");
    assert_eq!(newest.name, world.serial(NEW));
    world.pass(12 * HOUR);
    store.ready().await.expect("keys");
    until(|| world.fetches() == 2).await;
    settle().await;
    let keys = store.snapshot();
    assert!(keys.find(&world.serial(NEW)).is_some());
    let listed = keys.preferred(world.now(), Algorithm::Rsa).expect("a key");
    assert_eq!(listed.name, world.serial(OLD));
    world.pass(12 * HOUR);
    store.ready().await.expect("keys");
    until(|| world.fetches() == 3).await;
    settle().await;
    assert_eq!(names(&store.snapshot()), [world.serial(OLD)]);
}

#[tokio::test]
async fn a_certificate_that_has_ended_leaves_where_there_is_another() {
    let world = World::new([Answer::List(&[OLD], OLD), Answer::List(&[OLD, NEW], NEW)]);
    let (_, end) = world.certificate(OLD).validity();
    let end = u64::try_from(end).expect("a time");
    world.set_now(end - 100);
    let store = world.store();
    store.ready().await.expect("keys");
    assert_eq!(names(&store.snapshot()), [world.serial(OLD)]);
    world.set_now(end + 1_000);
    let keys = store.ready().await.expect("keys");
    assert_eq!(names(&keys), [world.serial(NEW)]);
    assert_eq!(world.fetches(), 2);
}

#[tokio::test]
async fn certificates_that_have_ended_stay_where_there_are_no_others() {
    let world = World::new([Answer::List(&[OLD], OLD), Answer::Nothing]);
    let (_, end) = world.certificate(OLD).validity();
    let end = u64::try_from(end).expect("a time");
    world.set_now(end - 100);
    let store = world.store();
    store.ready().await.expect("keys");
    world.set_now(end + 1_000);
    let keys = store.ready().await.expect("better than none");
    assert_eq!(names(&keys), [world.serial(OLD)]);
    assert_eq!(world.fetches(), 2);
    let waited = store.ready().await.expect("better than none");
    assert_eq!(names(&waited), [world.serial(OLD)]);
    assert_eq!(world.fetches(), 2);

    world.answer_from_now_on(Answer::List(&[OLD], OLD));
    world.pass(1);
    let keys = store.ready().await.expect("WeChat Pay has no other either");
    assert_eq!(names(&keys), [world.serial(OLD)]);
    assert_eq!(world.fetches(), 3);
}

#[tokio::test]
async fn a_set_is_renewed_before_it_ends() {
    let world = World::new([Answer::List(&[OLD], OLD)]);
    let (_, end) = world.certificate(OLD).validity();
    let end = u64::try_from(end).expect("a time");
    world.set_now(end - 3 * HOUR);
    let store = world.store();
    store.ready().await.expect("keys");
    until(|| world.sleeping() == [Duration::from_secs(2 * HOUR)]).await;
}

#[tokio::test]
async fn what_was_given_is_never_lost_to_what_is_fetched() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let given = PlatformKeys::new().with_certificate(world.certificate(OLD));
    let store = world.store_with(AutomaticCertificates::new(), given);
    store.ready().await.expect("keys");
    until(|| store.snapshot().names().count() == 2).await;
    assert_eq!(
        names(&store.snapshot()),
        [world.serial(OLD), world.serial(NEW)]
    );
}
