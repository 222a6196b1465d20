//! What the runtime promises, one promise a file. They share one program, so that it is linked once.

mod support;

mod algorithms_are_not_confused;
#[cfg(all(feature = "encrypted-keys", feature = "pkcs12"))]
mod any_bytes_are_taken_or_refused;
mod anything_sent_arrives_and_verifies;
mod attempts_are_seen_from_outside;
mod bad_configuration_is_named;
mod bad_input_is_refused_before_sending;
#[cfg(feature = "blocking")]
mod calls_can_be_made_without_async;
mod certificates_near_their_end_are_told;
#[cfg(feature = "config")]
mod configuration_is_read_from_files;
mod configuration_is_read_from_the_environment;
mod connections_are_given_up_in_time;
mod differences_are_drift_not_failures;
#[cfg(feature = "files")]
mod downloads_are_checked;
mod dropped_calls_are_told;
#[cfg(feature = "files")]
mod encrypted_bills_are_opened;
mod encrypted_fields_travel_sealed;
#[cfg(feature = "encrypted-keys")]
mod encrypted_keys_need_their_passphrase;
mod errors_tell_what_happened;
mod families_of_hosts_are_kept_apart;
#[cfg(feature = "files")]
mod files_are_saved_whole;
mod hosts_are_judged_by_what_they_did;
mod lists_are_read_page_by_page;
mod merchants_are_kept_apart;
mod other_transports_carry_calls;
#[cfg(feature = "pkcs12")]
mod pkcs12_stores_are_opened;
mod platform_certificates_are_fetched;
mod platform_certificates_are_saved;
mod platform_certificates_rotate;
mod post_is_not_sent_twice;
#[cfg(feature = "rate-limit")]
mod rates_are_kept;
mod redirects_are_not_followed;
mod remote_signers_hold_the_key;
mod replies_are_bounded;
mod requests_are_signed;
mod secrets_stay_out_of_debug;
mod signature_headers_are_read_exactly;
#[cfg(feature = "sm")]
mod sm2_signs_and_seals_both_ways;
#[cfg(feature = "serde")]
mod stored_values_come_back;
mod the_cashier_opens;
mod timeout_means_unknown;
mod undescribed_requests_are_verified_too;
mod unverified_reply_is_an_error;
#[cfg(feature = "files")]
mod uploads_are_read_while_they_are_sent;
mod vectors;
mod waits_end_with_the_call;
mod what_may_be_tried_again_is;
mod what_was_not_sent_is_known;
