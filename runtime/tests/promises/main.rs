//! What the runtime promises, one promise a file. They share one program, so that it is linked once.

mod support;

mod anything_sent_arrives_and_verifies;
mod attempts_are_seen_from_outside;
mod bad_configuration_is_named;
mod bad_input_is_refused_before_sending;
#[cfg(feature = "blocking")]
mod calls_can_be_made_without_async;
mod differences_are_drift_not_failures;
mod encrypted_fields_travel_sealed;
mod errors_tell_what_happened;
mod families_of_hosts_are_kept_apart;
mod lists_are_read_page_by_page;
mod other_transports_carry_calls;
mod post_is_not_sent_twice;
#[cfg(feature = "rate-limit")]
mod rates_are_kept;
mod redirects_are_not_followed;
mod replies_are_bounded;
mod requests_are_signed;
mod secrets_stay_out_of_debug;
mod signature_headers_are_read_exactly;
#[cfg(feature = "serde")]
mod stored_values_come_back;
mod the_cashier_opens;
mod timeout_means_unknown;
mod undescribed_requests_are_verified_too;
mod unverified_reply_is_an_error;
mod vectors;
mod what_may_be_tried_again_is;
mod what_was_not_sent_is_known;
