//! Names that the store does not know: they are fetched for, but rarely, whatever an attacker sends.

use super::world::{Answer, NEW, OLD, World, settle};

#[tokio::test]
async fn a_new_certificate_is_fetched_when_a_signature_names_it() {
    let world = World::new([Answer::List(&[OLD], OLD), Answer::List(&[OLD, NEW], NEW)]);
    let store = world.store();
    store.ready().await.expect("keys");
    let keys = store.knowing(&world.serial(NEW)).await;
    assert!(keys.find(&world.serial(NEW)).is_some());
    assert_eq!(world.fetches(), 2);
    store.knowing(&world.serial(NEW).to_lowercase()).await;
    assert_eq!(world.fetches(), 2);
}

#[tokio::test]
async fn however_many_names_turn_up_one_fetch_is_made_in_three_minutes() {
    let world = World::new([Answer::List(&[OLD], OLD)]);
    let store = world.store();
    store.ready().await.expect("keys");
    for late in 0..540 {
        let keys = store.knowing(&format!("{late:040X}1")).await;
        assert!(keys.find(&world.serial(OLD)).is_some());
        world.pass(1);
    }
    assert_eq!(world.fetches(), 1 + 3);
    let many = (0..64).map(|number| {
        let store = store.clone();
        tokio::spawn(async move {
            store.knowing(&format!("{number:040X}2")).await;
        })
    });
    for one in many.collect::<Vec<_>>() {
        one.await.expect("a caller");
    }
    assert_eq!(world.fetches(), 1 + 4);
    assert_eq!(world.most_in_flight(), 1);
}

#[tokio::test]
async fn failing_fetches_make_them_no_more_frequent() {
    let world = World::new([Answer::List(&[OLD], OLD), Answer::Nothing]);
    let store = world.store();
    store.ready().await.expect("keys");
    for late in 0..180 {
        store.knowing(&format!("{late:040X}1")).await;
        world.pass(1);
    }
    assert_eq!(world.fetches(), 1 + 1);
}

#[tokio::test]
async fn no_certificate_is_fetched_for_a_public_key() {
    let world = World::new([Answer::List(&[OLD], OLD)]);
    let store = world.store();
    store.ready().await.expect("keys");
    store.knowing("PUB_KEY_ID_0119000001092024").await;
    settle().await;
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn a_fetch_that_was_answered_too_early_is_followed_by_another() {
    let world = World::new([
        Answer::List(&[OLD], OLD),
        Answer::List(&[OLD], OLD),
        Answer::List(&[OLD, NEW], NEW),
    ]);
    let store = world.store();
    store.ready().await.expect("keys");
    world.pass(12 * 60 * 60);
    world.hold();
    store.ready().await.expect("the old ones meanwhile");
    settle().await;
    assert_eq!(world.fetches(), 2);
    let caller = tokio::spawn({
        let (store, name) = (store.clone(), world.serial(NEW));
        async move { store.knowing(&name).await.find(&name).is_some() }
    });
    settle().await;
    world.let_one_through();
    settle().await;
    assert_eq!(world.fetches(), 3);
    world.let_one_through();
    assert!(caller.await.expect("a caller"));
    assert_eq!(world.most_in_flight(), 1);
}

#[tokio::test]
async fn keys_that_are_all_given_are_never_fetched_for() {
    let world = World::new([Answer::Panic]);
    let store = crate::PlatformKeyStore::fixed(world.public_key());
    let keys = store.ready().await.expect("the public key");
    assert_eq!(keys.names().count(), 1);
    let keys = store.knowing(&world.serial(NEW)).await;
    assert!(keys.find(&world.serial(NEW)).is_none());
    assert_eq!(world.fetches(), 0);
}
