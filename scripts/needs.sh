# What a fresh machine must have; sourced by ./demo and ./check.
# Each function returns where the thing is there, installs it where that takes no decision by
# a person (apt as root, rustup components), and else says what to run and ends the script.

say() { printf '%s\n' "$*" >&2; }

missing() { # what, then a line a hint
    say "error: cannot go on: $1 is missing"
    shift
    local line
    for line in "$@"; do say "hint: $line"; done
    exit 4
}

# Says whether version $1 is at least version $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Installs Debian packages where we may; else fails, so that the caller can say what to run.
apt_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "installing $* (apt)"
    { apt-get install -y --no-install-recommends "$@" ||
        { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >&2
}

need_rust() {
    local wanted version
    wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$root/Cargo.toml")
    # An installation by rustup may not be on the path of this shell yet.
    command -v cargo >/dev/null 2>&1 || PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
    command -v cargo >/dev/null 2>&1 ||
        missing "the Rust toolchain (cargo)" \
            "install Rust $wanted or newer with rustup: https://rustup.rs" \
            "then open a new shell and run this command again"
    version=$(rustc --version | cut -d ' ' -f 2)
    at_least "${version%%-*}" "$wanted" ||
        missing "Rust $wanted or newer (this is $version)" "run: rustup update stable"
}

need_c_compiler() { # SQLite comes as C source and is compiled with the program
    command -v cc >/dev/null 2>&1 || apt_install gcc libc6-dev ||
        missing "a C compiler (cc), which compiles SQLite" \
            "Debian or Ubuntu: sudo apt-get install gcc libc6-dev" \
            "Fedora: sudo dnf install gcc" "macOS: xcode-select --install"
}

need_cargo_tool() { # command, rustup component
    cargo "$1" --version >/dev/null 2>&1 && return
    command -v rustup >/dev/null 2>&1 && rustup component add "$2" >&2 && return
    missing "cargo $1" "run: rustup component add $2"
}

need_browser() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || apt_install nodejs npm ||
        missing "Node.js with npm, which drive the browser tests" \
            "Debian or Ubuntu: sudo apt-get install nodejs npm"
    if [ -z "${CHROMIUM:-}" ]; then
        CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
        [ -n "$CHROMIUM" ] || { apt_install chromium && CHROMIUM=$(command -v chromium); } ||
            missing "Chromium, in which the pages are tested" \
                "Debian or Ubuntu: sudo apt-get install chromium" \
                "or name one: CHROMIUM=/path/to/chrome ./check"
    fi
    export CHROMIUM
}
