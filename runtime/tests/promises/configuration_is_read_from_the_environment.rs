//! Credentials are taken from the environment's variables; every mistake is told by its variable, and no value is shown.

use crate::remote_signers_hold_the_key::Service;
use crate::support::keys::{Keys, directory};
use crate::support::log::Log;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::process::Command;
use wechatpay_runtime::{Client, ClientBuilder, Config, Error};

fn key_file(name: &str) -> String {
    let path = directory().join("keys").join(name);
    let path = std::path::absolute(path).expect("a path");
    path.to_str().expect("UTF-8").to_owned()
}

/// The variables of a whole client, with all keys in files.
fn files(keys: &Keys) -> Vec<(&'static str, String)> {
    vec![
        ("WECHATPAY_MCHID", keys.mchid.clone()),
        (
            "WECHATPAY_MERCHANT_CERTIFICATE_FILE",
            key_file("merchant.crt.pem"),
        ),
        (
            "WECHATPAY_MERCHANT_PRIVATE_KEY_FILE",
            key_file("merchant.key.pem"),
        ),
        (
            "WECHATPAY_PLATFORM_PUBLIC_KEY_FILE",
            key_file("platform-public.pub.pem"),
        ),
        (
            "WECHATPAY_PLATFORM_PUBLIC_KEY_ID",
            keys.serial("platform-public"),
        ),
    ]
}

fn built(variables: &[(&'static str, String)]) -> Result<Client, Error> {
    let variables = variables.iter().map(|(name, value)| (*name, value));
    Config::from_variables(variables).into_builder().build()
}

/// The message of the error, which must show none of the values.
fn told(variables: &[(&'static str, String)], argument: &str) -> String {
    let error = built(variables).map(|_| ()).expect_err(argument);
    assert_eq!(error.argument(), Some(argument), "{error}");
    let shown = format!("{error} {error:?}");
    for (name, value) in variables {
        let secret = name.contains("KEY") && !name.ends_with("_ID") && value.len() > 4;
        assert!(!secret || !shown.contains(value.as_str()), "{shown}");
    }
    error.to_string()
}

fn with(
    mut variables: Vec<(&'static str, String)>,
    name: &'static str,
    value: impl Into<String>,
) -> Vec<(&'static str, String)> {
    variables.retain(|(own, _)| *own != name);
    variables.push((name, value.into()));
    variables
}

#[test]
fn files_are_named_by_variables() {
    let keys = Keys::load();
    let client = built(&files(&keys)).expect("a client");
    assert!(format!("{client:?}").contains(&keys.mchid));
    let key = with(files(&keys), "WECHATPAY_APIV3_KEY", &keys.apiv3_key);
    let client = built(&key).expect("a client");
    assert!(client.apiv3_key().is_some());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("apiv3_key");
    std::fs::write(&path, format!("{}\n", keys.apiv3_key)).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let client = built(&with(files(&keys), "WECHATPAY_APIV3_KEY_FILE", path));
    assert!(client.expect("a client").apiv3_key().is_some());
    // The APIv2 key is as long, and another one.
    let key = with(files(&keys), "WECHATPAY_APIV2_KEY", &keys.apiv3_key);
    let client = built(&key).expect("a client");
    assert!(client.apiv2_key().is_some() && client.apiv3_key().is_none());
    let client = built(&with(files(&keys), "WECHATPAY_APIV2_KEY_FILE", path));
    assert!(client.expect("a client").apiv2_key().is_some());
}

#[test]
fn texts_and_base64_are_taken() {
    let keys = Keys::load();
    let pem = keys.file("merchant.key.pem");
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for form in [
        pem.clone(),
        pem.replace('\n', "\\n"),
        bare,
        STANDARD.encode(&pem),
    ] {
        let variables = vec![
            ("WECHATPAY_MCHID", keys.mchid.clone()),
            ("WECHATPAY_MERCHANT_SERIAL_NO", keys.serial("merchant")),
            ("WECHATPAY_MERCHANT_PRIVATE_KEY", form),
            (
                "WECHATPAY_PLATFORM_PUBLIC_KEY",
                STANDARD.encode(keys.file("platform-public.pub.pem")),
            ),
            (
                "WECHATPAY_PLATFORM_PUBLIC_KEY_ID",
                keys.serial("platform-public"),
            ),
            ("WECHATPAY_BASE_URL", "http://127.0.0.1:1".to_owned()),
            ("WECHATPAY_MERCHANT_CERTIFICATE", String::new()),
            ("WECHATPAY_APPID", "wx0000000000000000".to_owned()),
        ];
        built(&variables).expect("a client");
    }
}

#[test]
fn several_platform_certificates_and_a_brand() {
    let keys = Keys::load();
    let paths = [
        key_file("platform-old.crt.pem"),
        key_file("platform-new.crt.pem"),
    ];
    let paths = std::env::join_paths(paths).expect("paths");
    let variables = vec![
        ("WECHATPAY_BRAND_ID", "4045".to_owned()),
        ("WECHATPAY_BRAND_SERIAL_NO", keys.serial("merchant")),
        ("WECHATPAY_BRAND_PRIVATE_KEY", keys.file("merchant.key.pem")),
        (
            "WECHATPAY_PLATFORM_CERTIFICATE_FILE",
            paths.into_string().expect("UTF-8"),
        ),
    ];
    let client = built(&variables).expect("a client");
    let shown = format!("{:?}", client.platform_keys("default"));
    for name in ["platform-old", "platform-new"] {
        assert!(shown.contains(&keys.serial(name)), "{shown}");
    }
}

#[cfg(feature = "encrypted-keys")]
#[test]
fn encrypted_keys_have_their_passphrase_in_a_variable() {
    let keys = Keys::load();
    let sealed = with(
        files(&keys),
        "WECHATPAY_MERCHANT_PRIVATE_KEY_FILE",
        key_file("merchant.encrypted.key.pem"),
    );
    let passphrase = "WECHATPAY_MERCHANT_PRIVATE_KEY_PASSPHRASE";
    let open = with(sealed.clone(), passphrase, &keys.encrypted_key_passphrase);
    built(&open).expect("a client");
    let wrong = told(
        &with(sealed, passphrase, "wrong one"),
        "merchant_private_key",
    );
    assert!(wrong.contains("passphrase does not open"), "{wrong}");
}

#[cfg(feature = "pkcs12")]
#[test]
fn a_store_is_enough_for_the_merchant() {
    let keys = Keys::load();
    let platform = |(name, _): &(&str, String)| name.contains("PLATFORM");
    let variables = files(&keys);
    let mut variables: Vec<_> = variables.into_iter().filter(platform).collect();
    variables.push(("WECHATPAY_MCHID", keys.mchid.clone()));
    let path = key_file("merchant.legacy.p12");
    let file = with(variables.clone(), "WECHATPAY_MERCHANT_PKCS12_FILE", path);
    built(&file).expect("a client");
    let base64 = STANDARD.encode(keys.bytes("merchant.p12"));
    let text = with(variables, "WECHATPAY_MERCHANT_PKCS12", base64);
    built(&text).expect("a client");
    let wrong = with(text, "WECHATPAY_MERCHANT_PKCS12_PASSPHRASE", "wrong one");
    let wrong = told(&wrong, "merchant_pkcs12");
    assert!(wrong.contains("`WECHATPAY_MERCHANT_PKCS12`"), "{wrong}");
}

#[cfg(not(feature = "encrypted-keys"))]
#[test]
fn what_needs_a_feature_says_so() {
    let keys = Keys::load();
    let passphrase = "WECHATPAY_MERCHANT_PRIVATE_KEY_PASSPHRASE";
    let sealed = told(
        &with(files(&keys), passphrase, "secret phrase"),
        "merchant_private_key",
    );
    assert!(sealed.contains("`encrypted-keys`"), "{sealed}");
}

#[cfg(not(feature = "pkcs12"))]
#[test]
fn a_store_needs_a_feature() {
    let keys = Keys::load();
    let store = with(files(&keys), "WECHATPAY_MERCHANT_PKCS12_FILE", "x.p12");
    let store = told(&store, "merchant_pkcs12");
    assert!(store.contains("feature `pkcs12`"), "{store}");
}

#[test]
fn all_mistakes_are_told_at_once_by_their_variables() {
    let keys = Keys::load();
    let variables = vec![
        ("WECHATPAY_MCHID", "not a number".to_owned()),
        ("WECHATPAY_APIV3_KEY", "too-short-secret".to_owned()),
        (
            "WECHATPAY_MERCHANT_PRIVATE_KEY",
            keys.file("merchant.key.pem"),
        ),
        (
            "WECHATPAY_MERCHANT_PRIVATE_KEY_FILE",
            key_file("merchant.key.pem"),
        ),
        ("WECHATPAY_BASE_URL", "nonsense".to_owned()),
        (
            "WECHATPAY_PLATFORM_PUBLIC_KEY_FILE",
            "/nowhere/pub_key.pem".to_owned(),
        ),
    ];
    let told = told(&variables, "apiv3_key");
    for part in [
        "`WECHATPAY_MCHID`",
        "`WECHATPAY_APIV3_KEY`",
        "give `WECHATPAY_MERCHANT_PRIVATE_KEY` or `WECHATPAY_MERCHANT_PRIVATE_KEY_FILE`, not both",
        "`WECHATPAY_BASE_URL`",
        "from `WECHATPAY_PLATFORM_PUBLIC_KEY_FILE`",
        "`WECHATPAY_MERCHANT_SERIAL_NO`",
        "16 bytes",
    ] {
        assert!(told.contains(part), "`{part}` in {told}");
    }
}

#[test]
fn a_key_in_the_place_of_a_serial_number_is_not_shown() {
    let keys = Keys::load();
    let key = "0123456789abcdef0123456789abcdef";
    for name in ["WECHATPAY_APIV3_KEY", "WECHATPAY_APIV2_KEY"] {
        let both = with(files(&keys), name, key);
        let told = told(
            &with(both, "WECHATPAY_MERCHANT_SERIAL_NO", key),
            "merchant_serial_no",
        );
        assert!(told.contains(&keys.serial("merchant")), "{told}");
    }
}

#[test]
fn an_empty_environment_tells_what_to_give_first() {
    let told = told(&[], "mchid");
    assert!(told.contains("`WECHATPAY_MCHID`"), "{told}");
}

#[test]
fn what_is_given_in_code_goes_before_the_environment() {
    let keys = Keys::load();
    let variables = files(&keys);
    let config = Config::from_variables(variables);
    let builder: ClientBuilder = config.into_builder();
    let client: Client = builder.mchid("1900000109").build().expect("a client");
    assert!(format!("{client:?}").contains("1900000109"));

    let configured = |name, value: &str| -> ClientBuilder {
        Config::from_variables(with(files(&keys), name, value)).into_builder()
    };
    let good: [ClientBuilder; 5] = [
        configured("WECHATPAY_APIV3_KEY", "short").apiv3_key(&keys.apiv3_key),
        configured("WECHATPAY_APIV3_KEY_FILE", "/nowhere").apiv3_key(&keys.apiv3_key),
        configured("WECHATPAY_BASE_URL", "nonsense").base_url("https://pay.example"),
        configured("WECHATPAY_MERCHANT_PRIVATE_KEY_FILE", "/nowhere")
            .merchant_private_key(keys.file("merchant.key.pem")),
        configured("WECHATPAY_PLATFORM_PUBLIC_KEY_FILE", "/nowhere")
            .platform_public_key(keys.file("platform-public.pub.pem")),
    ];
    for builder in good {
        builder.build().map(drop::<Client>).expect("a client");
    }
    let still: ClientBuilder = configured("WECHATPAY_APIV3_KEY", "short");
    let error = still.apiv2_key(&keys.apiv3_key).build().map(drop::<Client>);
    assert_eq!(error.expect_err("short").argument(), Some("apiv3_key"));
}

#[test]
fn a_signer_given_in_code_takes_the_place_of_the_environments_key() {
    let keys = Keys::load();
    let signer = || Service::of(&keys, "merchant");
    for path in [key_file("merchant.key.pem"), "/nowhere".to_owned()] {
        let variables = with(files(&keys), "WECHATPAY_MERCHANT_PRIVATE_KEY_FILE", path);
        let builder: ClientBuilder = Config::from_variables(variables.clone()).into_builder();
        let built = builder.merchant_signer(signer()).build();
        built.map(drop::<Client>).expect("a client");
        // What is given twice in code is a mistake.
        let builder: ClientBuilder = Config::from_variables(variables).into_builder();
        let twice = builder
            .merchant_private_key(keys.file("merchant.key.pem"))
            .merchant_signer(signer())
            .build();
        let error = twice.map(drop::<Client>).expect_err("twice");
        assert_eq!(error.argument(), Some("merchant_signer"));
    }
}

#[cfg(feature = "pkcs12")]
#[test]
fn a_key_and_a_store_take_each_others_place_where_one_is_the_environments() {
    let keys = Keys::load();
    let store = key_file("merchant.legacy.p12");
    let key = keys.file("merchant.key.pem");
    let mut variables = files(&keys);
    variables.retain(|(name, _)| !name.contains("PRIVATE_KEY"));
    let of_store = with(variables, "WECHATPAY_MERCHANT_PKCS12_FILE", &store);
    let builder: ClientBuilder = Config::from_variables(of_store).into_builder();
    let built = builder.merchant_private_key(key).build();
    built.map(drop::<Client>).expect("a client");
    let builder: ClientBuilder = Config::from_variables(files(&keys)).into_builder();
    let built = builder
        .merchant_pkcs12(std::path::Path::new(&store))
        .build();
    built.map(drop::<Client>).expect("a client");
}

#[test]
fn debug_shows_no_value() {
    let keys = Keys::load();
    let variables = with(files(&keys), "WECHATPAY_APIV3_KEY", &keys.apiv3_key);
    let shown = format!("{:?}", Config::from_variables(variables));
    assert!(!shown.contains(&keys.apiv3_key), "{shown}");
    assert!(shown.contains(&keys.mchid) && shown.contains("apiv3_key"));
}

/// What the child process runs: the environment is its own, since no test may change that of the others.
#[test]
fn the_process_has_its_own_environment() {
    if std::env::var_os("WECHATPAY_TEST_CHILD").is_some() {
        let client: Client = ClientBuilder::from_env().build().expect("a client");
        assert!(format!("{client:?}").contains(&Keys::load().mchid));
        return;
    }
    let name = "configuration_is_read_from_the_environment::the_process_has_its_own_environment";
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", name])
        .env("WECHATPAY_TEST_CHILD", "1")
        .envs(files(&Keys::load()))
        .output()
        .expect("a child");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{told}"
    );
}

#[test]
fn a_variable_that_is_no_setting_is_told_without_its_value() {
    let log = Log::listen();
    let config = Config::from_variables([
        ("WECHATPAY_APIV3_KEYS", "0123456789abcdef0123456789abcdef"),
        ("WECHAT_TOKEN", "x"),
    ]);
    drop(config);
    let text = log.text();
    assert!(text.contains("WECHATPAY_APIV3_KEYS"), "{text}");
    assert!(!text.contains("0123456789abcdef"), "{text}");
    assert!(!text.contains("WECHAT_TOKEN"), "{text}");
}
