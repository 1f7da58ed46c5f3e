# Names for cargo lines; everything works without just.

# Everything that CI checks.
test:
    cargo xtask test

# Only the checks of the tree.
tidy:
    cargo xtask tidy

# Each fuzz target for so many seconds.
fuzz seconds="60":
    cargo xtask fuzz --seconds {{seconds}}

# Speed of readers and rules.
bench:
    cargo bench

# The sample documents of the invented city, read and checked.
demo:
    cargo run --release -- demo
