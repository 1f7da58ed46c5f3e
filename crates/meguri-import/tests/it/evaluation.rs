//! The reader of the family `evaluation`.

use crate::shared;

#[test]
fn the_real_document_reads_as_its_gold_says() {
    shared::assert_gold("evaluation", "evaluation_r4");
}
