//! Typed records: a row with names for the columns that are known.

use super::row::Row;

/// A row of a kind of bill whose columns are known. It keeps the row, and so the raw text, and the columns that are not known.
pub trait Record: From<Row> + AsRef<Row> + Send + Unpin {}

/// A row as it is.
impl Record for Row {}

impl AsRef<Row> for Row {
    fn as_ref(&self) -> &Row {
        self
    }
}

/// Records over rows. The columns' names stand behind the accessor, newest first: some changed over the years.
macro_rules! records {
    ($(
        $(#[$doc:meta])*
        $record:ident {$(
            $(#[$accessor_doc:meta])*
            $accessor:ident: $kind:ident [$($column:literal),+];
        )*}
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $record(Row);

        impl $record {
            /// The row itself.
            pub fn into_row(self) -> Row {
                self.0
            }

            $(
                $crate::bill::record::accessor! {
                    $(#[$accessor_doc])*
                    ///
                    #[doc = concat!("Column ", $("`", $column, "` "),+, ".")]
                    $accessor: $kind [$($column),+]
                }
            )*
        }

        impl From<Row> for $record {
            fn from(row: Row) -> Self {
                Self(row)
            }
        }

        impl AsRef<Row> for $record {
            fn as_ref(&self) -> &Row {
                &self.0
            }
        }

        impl core::ops::Deref for $record {
            type Target = Row;
            fn deref(&self) -> &Row {
                &self.0
            }
        }

        impl $crate::bill::Record for $record {}
    )*};
}

/// One accessor, by the kind of its column.
macro_rules! accessor {
    ($(#[$doc:meta])* $name:ident: text [$($column:literal),+]) => {
        $(#[$doc])*
        /// `None` where it is not there or empty.
        pub fn $name(&self) -> Option<&str> {
            self.0.first_of(&[$($column),+]).filter(|text| !text.is_empty())
        }
    };
    ($(#[$doc:meta])* $name:ident: fen [$($column:literal),+]) => {
        $(#[$doc])*
        /// In fen. `None` where it is not there or empty.
        ///
        /// # Errors
        /// What stands there is no amount in yuan of whole fen.
        pub fn $name(&self) -> Result<Option<i64>, $crate::bill::CellError> {
            self.0.parsed(&[$($column),+], "an amount in yuan of whole fen", $crate::bill::cell::fen)
        }
    };
    ($(#[$doc:meta])* $name:ident: millifen [$($column:literal),+]) => {
        $(#[$doc])*
        /// In thousandths of a fen, since fees have up to five decimals of a yuan. `None` where it is not there or empty.
        ///
        /// # Errors
        /// What stands there is no amount in yuan of up to five decimals.
        pub fn $name(&self) -> Result<Option<i64>, $crate::bill::CellError> {
            self.0.parsed(&[$($column),+], "an amount in yuan of up to five decimals", $crate::bill::cell::millifen)
        }
    };
    ($(#[$doc:meta])* $name:ident: count [$($column:literal),+]) => {
        $(#[$doc])*
        /// `None` where it is not there or empty.
        ///
        /// # Errors
        /// What stands there is no count.
        pub fn $name(&self) -> Result<Option<u64>, $crate::bill::CellError> {
            self.0.parsed(&[$($column),+], "a count", $crate::bill::cell::count)
        }
    };
    ($(#[$doc:meta])* $name:ident: time [$($column:literal),+]) => {
        $(#[$doc])*
        /// A moment. `None` where it is not there or empty.
        ///
        /// # Errors
        /// What stands there is no moment such as `2018-06-08 10:34:56`.
        pub fn $name(&self) -> Result<Option<time::OffsetDateTime>, $crate::bill::CellError> {
            self.0.parsed(&[$($column),+], $crate::bill::cell::TIME, $crate::bill::cell::time)
        }
    };
}

pub(super) use accessor;
pub(super) use records;
