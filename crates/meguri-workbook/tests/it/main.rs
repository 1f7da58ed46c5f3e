//! Workbooks as files: hostile ones are refused or read, returned ones are understood.

mod entry;
mod hostile;
mod office;
mod zip;
