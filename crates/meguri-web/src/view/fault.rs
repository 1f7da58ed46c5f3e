//! What a page says where something was not done.

use crate::error::PageError;
use meguri_app::actions::cycle::CycleFault;

/// What a page says of a fault; an error page for what no form can tell.
pub(crate) fn in_words(fault: CycleFault) -> Result<String, PageError> {
    if let Some(words) = fault.told() {
        return Ok(words);
    }
    match fault {
        CycleFault::Refused(refused) => Err(refused.into()),
        CycleFault::Store(error) => Err(error.into()),
        other => Ok(other.to_string()),
    }
}
