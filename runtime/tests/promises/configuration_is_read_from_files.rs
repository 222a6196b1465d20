//! Credentials are read from a file of the application's, in TOML or YAML; every mistake is told by its name, and no value is shown.

use crate::support::keys::{Keys, directory};
use serde::Deserialize;
use wechatpay_runtime::{Client, Config, Error};

#[derive(Deserialize)]
struct Settings {
    wechatpay: Config,
}

/// The same settings from TOML and from YAML.
fn both(lines: &[(&str, &str)]) -> [Config; 2] {
    let toml: String = lines
        .iter()
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect();
    let yaml: String = lines
        .iter()
        .map(|(name, value)| format!("  {name}: {value}\n"))
        .collect();
    let toml: Settings = toml::from_str(&format!("[wechatpay]\n{toml}")).expect("TOML");
    let yaml: Settings = serde_yaml::from_str(&format!("wechatpay:\n{yaml}")).expect("YAML");
    [toml.wechatpay, yaml.wechatpay]
}

fn built(config: Config) -> Result<Client, Error> {
    let folder = directory().join("keys");
    config.relative_to(folder).into_builder().build()
}

#[test]
fn files_are_taken_relative_to_the_directory_that_is_given() {
    let keys = Keys::load();
    let id = format!("\"{}\"", keys.serial("platform-public"));
    let apiv3_key = format!("\"{}\"", keys.apiv3_key);
    for config in both(&[
        ("mchid", &keys.mchid),
        ("merchant_certificate_file", "\"merchant.crt.pem\""),
        ("merchant_private_key_file", "\"merchant.key.pem\""),
        ("platform_public_key_file", "\"platform-public.pub.pem\""),
        ("platform_public_key_id", &id),
        (
            "platform_certificate_file",
            r#"["platform-old.crt.pem", "platform-new.crt.pem"]"#,
        ),
        ("apiv3_key", &apiv3_key),
        ("base_url", "\"http://127.0.0.1:1\""),
    ]) {
        let shown = format!("{config:?}");
        assert!(!shown.contains(&keys.apiv3_key), "{shown}");
        let client = built(config).expect("a client");
        assert!(client.apiv3_key().is_some());
        let platform = format!("{:?}", client.platform_keys("default"));
        assert!(
            platform.contains(&keys.serial("platform-old")),
            "{platform}"
        );
    }
}

#[test]
fn texts_over_several_lines() {
    let keys = Keys::load();
    let key = keys.file("merchant.key.pem");
    let public = keys.file("platform-public.pub.pem");
    let (serial, id) = (keys.serial("merchant"), keys.serial("platform-public"));
    let mchid = &keys.mchid;
    let toml = format!(
        "mchid = \"{mchid}\"\nmerchant_serial_no = \"{serial}\"\nplatform_public_key_id = \"{id}\"\nmerchant_private_key = '''\n{key}'''\nplatform_public_key = '''\n{public}'''\n"
    );
    built(toml::from_str(&toml).expect("TOML")).expect("a client");
    let block = |text: &str| -> String { text.lines().map(|line| format!("  {line}\n")).collect() };
    let yaml = format!(
        "mchid: {mchid}\nmerchant_serial_no: \"{serial}\"\nplatform_public_key_id: {id}\nmerchant_private_key: |\n{}platform_public_key: |\n{}brand_id:\n",
        block(&key),
        block(&public)
    );
    built(serde_yaml::from_str(&yaml).expect("YAML")).expect("a client");
}

/// The message of the error, for TOML and for YAML.
fn told(lines: &[(&str, &str)], secrets: &[&str]) -> [String; 2] {
    both(lines).map(|config| {
        let error = built(config).map(|_| ()).expect_err("mistakes");
        let shown = format!("{error} {error:?}");
        for secret in secrets {
            assert!(!shown.contains(secret), "{shown}");
        }
        error.to_string()
    })
}

#[test]
fn all_mistakes_are_told_by_their_names() {
    let all = told(
        &[
            ("mchid", "1.5"),
            ("merchant_serial_no", "5157"),
            ("apiv3_kye", "\"secret-that-was-misspelt\""),
            ("apiv3_key", "12345678901234567"),
            ("merchant_private_key", "[\"secret-in-a-list\"]"),
            ("brand_private_key", "true"),
            ("brand_certificate_file", "\"nowhere.pem\""),
            ("platform_certificate", "[1, 2]"),
            ("base_url", "{ host = \"secret.example\" }"),
        ]
        .map(|(name, value)| match (name, value) {
            // A table inline is written in the same way by neither, so each gets a text instead.
            ("base_url", _) => (name, "\"nonsense\""),
            other => other,
        }),
        &[
            "secret-that-was-misspelt",
            "12345678901234567",
            "secret-in-a-list",
        ],
    );
    for told in all {
        for part in [
            "`mchid`: expected a text, found a number",
            "`merchant_serial_no`: expected a text, found a number",
            "there is no setting `apiv3_kye`",
            "`apiv3_key`: expected a text, found a number",
            "`merchant_private_key`: expected a text, found a list",
            "`brand_private_key`: expected a text, found true or false",
            "`brand_certificate`: (from `brand_certificate_file`) expected a certificate",
            "`platform_certificate`: expected a text, or a list of texts",
            "`base_url`",
        ] {
            let part = part.trim_start_matches('`');
            assert!(told.contains(part), "`{part}` in {told}");
        }
    }
}

#[test]
fn tables_and_huge_numbers_in_the_place_of_texts() {
    let config: Config = toml::from_str("[apiv3_key]\nx = 'secret'").expect("TOML");
    let error = built(config).map(|_| ()).expect_err("a table");
    assert_eq!(error.argument(), Some("apiv3_key"), "{error}");
    assert!(error.to_string().contains("found a table"), "{error}");
    let yaml = "apiv3_key: 123456789012345678901234567890123456789\nmchid: 1e300";
    let config: Config = serde_yaml::from_str(yaml).expect("YAML");
    let error = built(config).map(|_| ()).expect_err("numbers");
    assert!(!error.to_string().contains("1234567890"), "{error}");
    let list: Result<Config, _> = serde_yaml::from_str("[1, 2]");
    assert!(list.is_err());
}

#[test]
fn a_long_unknown_name_is_shown_in_part() {
    let name = "x".repeat(10_000);
    let config: Config = toml::from_str(&format!("{name} = 1")).expect("TOML");
    let error = built(config).map(|_| ()).expect_err("unknown");
    assert!(error.to_string().len() < 1_000);
}

#[cfg(feature = "pkcs12")]
#[test]
fn a_store_with_a_passphrase() {
    let keys = Keys::load();
    let id = format!("\"{}\"", keys.serial("platform-public"));
    let passphrase = format!("\"{}\"", keys.p12_passphrase);
    for config in both(&[
        ("mchid", &keys.mchid),
        ("merchant_pkcs12_file", "\"merchant.legacy.p12\""),
        ("merchant_pkcs12_passphrase", &passphrase),
        ("platform_public_key_file", "\"platform-public.pub.pem\""),
        ("platform_public_key_id", &id),
    ]) {
        built(config).expect("a client");
    }
}
