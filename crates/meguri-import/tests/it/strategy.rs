//! The reader of the family `strategy`.
