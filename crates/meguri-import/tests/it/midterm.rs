//! The reader of the family `midterm`.
