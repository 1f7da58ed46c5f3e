//! The reader of the family `evaluation`.
