//! What the commands on a whole database share: `export`, `import` of a folder, `backup`,
//! `restore`.

use crate::cli::kept::{StoreOptions, prepared, refuse};
use crate::cli::terminal::after_work;
use meguri_app::config::Config;
use meguri_app::context::Context;
use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// Reads the settings and does something; faults are told, the exit code is 2 then.
pub(super) fn with_settings<F, T, E>(
    options: &StoreOptions,
    work: F,
    tell: impl FnOnce(&T) -> io::Result<()>,
) -> io::Result<ExitCode>
where
    F: AsyncFnOnce(&Config, &Context) -> Result<T, E>,
    E: Display,
{
    let Some((config, context, runtime)) = prepared(options)? else {
        return Ok(ExitCode::from(2));
    };
    match runtime.block_on(work(&config, &context)) {
        // All of them have done their work by then.
        Ok(done) => after_work(tell(&done)).map(|()| ExitCode::SUCCESS),
        Err(error) => refuse(&error),
    }
}
