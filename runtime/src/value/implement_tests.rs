//! What the macros make of types, as emitted code has them: copies, equality, choices, pairs in texts, files.

// The macros make public functions, which emitted types need.
#![allow(unreachable_pub)]

use crate::emitted as rt;
use crate::read;
use crate::value::{copy, equal};

struct Metro {
    line: String,
    stops: Vec<i64>,
}
rt::object_impls!(Metro "Metro" plain "line !\nstops"; [line stops]);
rt::equal_impls!(Metro, Bus, Order);

struct Bus {
    plate: Option<String>,
    stop: String,
}
rt::object_impls!(Bus "Bus" plain "plate\nstop !"; [plate stop]);

#[derive(Clone, Debug, PartialEq)]
enum Scene {
    Metro(Metro),
    Bus(Bus),
    Unrecognized(rt::JsonValue),
}
rt::one_of_impls!(Scene; 0 Metro Metro, 1 Bus Bus);

enum State {
    Paid,
    Unrecognized(String),
}
rt::open_enum_impls!(State; Paid "PAID");

struct Order {
    scene: Option<Scene>,
    state: Option<State>,
    pairs: Option<rt::UrlEncoded<Bus>>,
    name: Option<rt::Sensitive<String>>,
    file: Option<rt::File>,
}
rt::object_impls!(Order "Order" plain "scene\nstate\npairs\nname\nfile"; [scene state pairs name file]);

fn read_order(json: &str) -> (Order, usize) {
    let mut order: Order = rt::Value::empty();
    let slot = rt::Value::slot(&mut order);
    let plain = |text: &str| Some(text.to_owned());
    let drift = read::json(json.as_bytes(), slot, &read::Opener::By(&plain)).expect("JSON");
    (order, drift.len())
}

const WHOLE: &str = r#"{"scene":{"stop":"a"},"state":"NEW","pairs":"plate=B%201&stop=a+b","name":"n",
    "file":{"file_name":"a.png","content":"AAE="}}"#;

#[test]
fn a_copy_is_equal_and_each_difference_tells() {
    let (order, drift) = read_order(WHOLE);
    // The enumeration does not list the value, and keeps it.
    assert_eq!(drift, 1);
    let mut other: Order = rt::Value::empty();
    copy(&order, &mut other);
    assert!(equal(&order, &other));
    assert_eq!(order, other.clone());
    for other in [
        Order {
            scene: Some(Scene::Metro(rt::Value::empty())),
            ..order.clone()
        },
        Order {
            state: Some(State::Paid),
            ..order.clone()
        },
        Order {
            pairs: None,
            ..order.clone()
        },
        Order {
            name: None,
            ..order.clone()
        },
        Order {
            file: Some(rt::File::new("a.png", "x")),
            ..order.clone()
        },
    ] {
        assert_ne!(order, other);
    }
}

#[test]
fn pairs_and_files_are_read() {
    let (order, _) = read_order(WHOLE);
    let pairs = order.pairs.as_ref().expect("pairs");
    assert_eq!(pairs.plate.as_deref(), Some("B 1"));
    assert_eq!(pairs.stop, "a b");
    let file = order.file.as_ref().expect("a file");
    assert_eq!(file.name(), "a.png");
    assert_eq!(file.content().map(|bytes| &bytes[..]), Some(&[0, 1][..]));
}

#[test]
fn the_alternative_that_fits_is_taken_and_any_other_object_kept() {
    let scene = |json: &str| read_order(&format!(r#"{{"scene":{json}}}"#));
    let (order, drift) = scene(r#"{"line":"1","stops":[1,2]}"#);
    assert!(matches!(&order.scene, Some(Scene::Metro(metro)) if metro.stops == [1, 2]));
    assert_eq!(drift, 0);
    let (order, _) = scene(r#"{"stop":"a"}"#);
    assert!(matches!(&order.scene, Some(Scene::Bus(bus)) if bus.stop == "a"));
    let (order, drift) = scene(r#"{"ferry":1}"#);
    let kept = serde_json::json!({"ferry": 1});
    assert_eq!(order.scene, Some(Scene::Unrecognized(kept)));
    assert_eq!(drift, 1);
}
