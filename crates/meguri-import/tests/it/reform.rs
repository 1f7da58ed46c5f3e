//! The reader of the family `reform`.
