//! A headless Chromium over the pipe of its DevTools protocol: messages of JSON, each ended by NUL.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What keeps it from asking anyone on the network, and from asking the person.
const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe";

/// A running browser with one page.
pub(crate) struct Chromium {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: String,
    last: u64,
    errors: Vec<String>,
    loads: u32,
    profile: std::path::PathBuf,
}

impl Chromium {
    /// Starts it with a profile of its own below a folder.
    pub(crate) fn start(folder: &Path) -> Result<Self, String> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let profile = folder.join(format!("chromium-{}-{number}", std::process::id()));
        // The protocol wants the numbers 3 and 4; only a shell can give them without unsafe code.
        let line = format!(
            "exec chromium {FLAGS} --user-data-dir='{}' about:blank 3<&0 4>&1 0</dev/null \
             1>/dev/null 2>/dev/null",
            profile.display()
        );
        let there = Command::new("sh")
            .args(["-c", "command -v chromium"])
            .output();
        if !there.is_ok_and(|output| output.status.success()) {
            return Err("chromium is not installed".to_owned());
        }
        let mut child = Command::new("sh")
            .args(["-c", &line])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("chromium: {error}"))?;
        let to = child.stdin.take().ok_or("chromium has no input")?;
        let output = child.stdout.take().ok_or("chromium has no output")?;
        let (sender, from) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut message = Vec::new();
            while output
                .read_until(0, &mut message)
                .is_ok_and(|length| length > 0)
            {
                let text = message.strip_suffix(&[0]).unwrap_or(&message);
                let Ok(value) = serde_json::from_slice(text) else {
                    break;
                };
                if sender.send(value).is_err() {
                    break;
                }
                message.clear();
            }
        });
        let (session, errors) = (String::new(), Vec::new());
        let mut browser = Self {
            child,
            to,
            from,
            session,
            last: 0,
            errors,
            loads: 0,
            profile,
        };
        let page = browser.ask("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": page["targetId"], "flatten": true});
        let attached = browser.ask("Target.attachToTarget", target);
        browser.session = attached["sessionId"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), json!({}));
        }
        Ok(browser)
    }

    /// Sends a command and gives its result.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("chromium listens");
        loop {
            let answer = self.next();
            if answer["id"] == json!(self.last) {
                assert!(
                    answer.get("error").is_none(),
                    "{method}: {}",
                    answer["error"]
                );
                return answer["result"].clone();
            }
        }
    }

    /// The next message; events are noted on the way.
    fn next(&mut self) -> Value {
        let message = self
            .from
            .recv_timeout(PATIENCE)
            .expect("chromium answers in time");
        let params = &message["params"];
        match message["method"].as_str() {
            Some("Page.loadEventFired") => self.loads += 1,
            Some("Log.entryAdded") if params["entry"]["level"] == "error" => {
                self.errors.push(params["entry"].to_string());
            }
            Some("Runtime.exceptionThrown") => self.errors.push(params.to_string()),
            Some("Runtime.consoleAPICalled") if params["type"] == "error" => {
                self.errors.push(params["args"].to_string());
            }
            _ => {}
        }
        message
    }

    fn wait_for_load(&mut self, before: u32) {
        while self.loads == before {
            self.next();
        }
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) fn open(&mut self, url: &str) {
        let before = self.loads;
        self.ask("Page.navigate", json!({"url": url}));
        self.wait_for_load(before);
    }

    /// Clicks on what a selector finds and waits for the page behind it.
    pub(crate) fn follow(&mut self, selector: &str) {
        let before = self.loads;
        let quoted = json!(selector);
        let found = format!("document.querySelector({quoted})?.click() ?? null");
        let there = self.evaluate(&format!("document.querySelector({quoted}) !== null"));
        assert_eq!(there, json!(true), "{selector} is not on the page");
        self.evaluate(&found);
        self.wait_for_load(before);
    }

    /// Presses a key of the keyboard: `Tab`, `Enter`, `Space`, `ArrowDown`.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Space" => (32, " "),
            "ArrowDown" => (40, ""),
            _ => panic!("no such key here: {key}"),
        };
        let name = if key == "Space" { " " } else { key };
        let mut down = json!({
            "type": "keyDown", "key": name, "code": key, "windowsVirtualKeyCode": code,
        });
        if !text.is_empty() {
            down["text"] = json!(text);
        }
        self.ask("Input.dispatchKeyEvent", down);
        let up = json!({"type": "keyUp", "key": name, "code": key, "windowsVirtualKeyCode": code});
        self.ask("Input.dispatchKeyEvent", up);
    }

    /// Presses a key that leads to another page, and waits for it.
    pub(crate) fn press_and_wait(&mut self, key: &str) {
        let before = self.loads;
        self.press(key);
        self.wait_for_load(before);
    }

    /// Goes on with the tabulator until the focus is on what a selector finds.
    pub(crate) fn tab_to(&mut self, selector: &str) {
        let quoted = json!(selector);
        let is_there = format!("document.activeElement.matches({quoted})");
        for _ in 0..600 {
            self.press("Tab");
            if self.evaluate(&is_there) == json!(true) {
                return;
            }
        }
        panic!("the keyboard does not reach {selector}");
    }

    /// Types a text where the focus is.
    pub(crate) fn write(&mut self, text: &str) {
        self.ask("Input.insertText", json!({"text": text}));
    }

    /// Waits until an expression is true.
    pub(crate) fn until(&mut self, expression: &str) {
        for _ in 0..200 {
            if self.evaluate(expression) == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("it never came true: {expression}");
    }

    /// Another person sits down: the browser forgets who was signed in.
    pub(crate) fn forget(&mut self) {
        self.ask("Network.clearBrowserCookies", json!({}));
    }

    /// The text of what a selector finds first.
    pub(crate) fn text(&mut self, selector: &str) -> String {
        let selector = json!(selector);
        let text = self.evaluate(&format!(
            "document.querySelector({selector})?.innerText ?? ''"
        ));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The value of an expression; of a promise, what it comes to.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let result = self.ask("Runtime.evaluate", params);
        assert!(
            result.get("exceptionDetails").is_none(),
            "{}",
            result["exceptionDetails"]
        );
        result["result"]["value"].clone()
    }

    /// Takes the size of a window, in pixels of CSS, and how many of the screen make one.
    pub(crate) fn size(&mut self, width: u32, height: u32, scale: u32) {
        let mobile = width < 500 && scale == 1;
        let params = json!({
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile,
        });
        self.ask("Emulation.setDeviceMetricsOverride", params);
    }

    /// Takes the dark or the light looks.
    pub(crate) fn dark(&mut self, dark: bool) {
        self.looks("", if dark { "dark" } else { "light" }, "none");
    }

    /// Takes a medium (`print`, else the screen), a scheme of colours, and forced colours or not.
    pub(crate) fn looks(&mut self, medium: &str, scheme: &str, forced: &str) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "forced-colors", "value": forced},
        ]);
        let params = json!({"media": medium, "features": features});
        self.ask("Emulation.setEmulatedMedia", params);
    }

    /// A picture of the whole page, as PNG.
    pub(crate) fn picture(&mut self) -> Vec<u8> {
        let params = json!({"format": "png", "captureBeyondViewport": true});
        let result = self.ask("Page.captureScreenshot", params);
        from_base64(result["data"].as_str().unwrap_or_default())
    }

    /// The page as it is printed, as PDF.
    pub(crate) fn print(&mut self) -> Vec<u8> {
        let params = json!({"printBackground": false, "preferCSSPageSize": true});
        let result = self.ask("Page.printToPDF", params);
        from_base64(result["data"].as_str().unwrap_or_default())
    }

    /// What the console said of errors so far.
    pub(crate) fn errors(&mut self) -> Vec<String> {
        // A command answered shows that all events before it have arrived.
        self.evaluate("0");
        self.errors.clone()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let place = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for six in text.bytes().filter_map(place) {
        held = (held << 6 | u32::from(six)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xFF) as u8);
        }
    }
    bytes
}
