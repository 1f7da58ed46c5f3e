//! The reader of the family `programs`.
