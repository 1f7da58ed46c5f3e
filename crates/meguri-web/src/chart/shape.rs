//! Paths of shapes, all in absolute coordinates with one decimal.

/// A coordinate with at most one decimal.
pub(super) fn number(value: f64) -> String {
    // Whole tenths: writing floats out exactly was a sixteenth of the work on a page.
    let tenths = (value * 10.0).round() as i64;
    let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// A rectangle by its left, top, width and height.
pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> String {
    let [left, top, right, bottom] = [x, y, x + width, y + height].map(number);
    format!("M{left} {top}H{right}V{bottom}H{left}z")
}

/// A line between two points.
pub(super) fn line(from: (f64, f64), to: (f64, f64)) -> String {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
    format!("M{x1} {y1}L{x2} {y2}")
}

/// A diamond around a point.
pub(super) fn diamond(x: f64, y: f64, radius: f64) -> String {
    let [left, right, top, bottom] = [x - radius, x + radius, y - radius, y + radius].map(number);
    let (x, y) = (number(x), number(y));
    format!("M{left} {y}L{x} {top}L{right} {y}L{x} {bottom}z")
}

/// An arrow from a point up, or down, with half the width of its head.
pub(super) fn arrow(x: f64, y: f64, half: f64, up: bool) -> String {
    let sign = if up { -1.0 } else { 1.0 };
    let tip = y + sign * 10.0;
    let [left, right, head] = [x - half, x + half, tip - sign * 4.0].map(number);
    let [x, y, tip] = [x, y, tip].map(number);
    format!("M{x} {y}V{tip}M{left} {head}L{x} {tip}L{right} {head}")
}

/// Slanting lines within a rectangle.
pub(super) fn slants(x: f64, y: f64, width: f64, height: f64) -> String {
    let mut path = String::new();
    let mut start = 6.0;
    while start < width + height {
        // From the top edge, or the right one, down to the left edge, or the bottom.
        let (from, to) = (start.min(width), (start - height).max(0.0));
        path += &line((x + from, y + start - from), (x + to, y + start - to));
        start += 6.0;
    }
    path
}

/// Upright lines within a rectangle.
pub(super) fn uprights(x: f64, y: f64, width: f64, height: f64) -> String {
    let mut path = String::new();
    let mut place = 4.0;
    while place < width {
        path += &line((x + place, y), (x + place, y + height));
        place += 4.0;
    }
    path
}
