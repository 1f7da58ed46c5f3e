//! Makes a PDF small: puts its small objects, of which a tagged PDF has thousands, together into
//! compressed streams (PDF 1.5, 7.5.7 and 7.5.8). Nothing of the objects themselves changes.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// Objects in one stream.
const IN_ONE: usize = 500;

/// One object of the file as it was written.
struct Object<'a> {
    number: usize,
    /// From `N G obj` to `endobj`.
    whole: &'a [u8],
    /// Between them.
    body: &'a [u8],
}

impl Object<'_> {
    /// Only a stream ends so; a stream cannot lie in a stream.
    fn is_stream(&self) -> bool {
        self.body.ends_with(b"endstream")
    }
}

/// Where an object is in the new file.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In(usize, usize),
}

/// The same file, smaller; `None` where it is not laid out as our writer lays out files.
pub(crate) fn pack(file: &[u8]) -> Option<Vec<u8>> {
    let (objects, table, first) = objects(file)?;
    let trailer = trailer(file.get(table..)?)?;
    let count = objects.iter().map(|object| object.number).max()? + 1;
    let mut places = vec![Place::Free; count];
    let mut new = file.get(..first)?.to_vec();
    let (streams, small): (Vec<_>, Vec<_>) = objects.iter().partition(|o| o.is_stream());
    for object in streams {
        *places.get_mut(object.number)? = Place::At(new.len());
        new.extend_from_slice(object.whole);
        new.extend_from_slice(b"\n\n");
    }
    for group in small.chunks(IN_ONE) {
        let number = places.len();
        for (index, object) in group.iter().enumerate() {
            *places.get_mut(object.number)? = Place::In(number, index);
        }
        places.push(Place::At(new.len()));
        gather(&mut new, number, group)?;
    }
    end(&mut new, places, trailer)?;
    Some(new)
}

/// The objects in the order of the file, where the table of places begins, and the first object.
fn objects(file: &[u8]) -> Option<(Vec<Object<'_>>, usize, usize)> {
    let tail = file.len().saturating_sub(64);
    let start = tail + find(file.get(tail..)?, b"startxref")?;
    let table = number(file.get(start + b"startxref".len()..)?)?;
    let rest = file.get(table..)?.strip_prefix(b"xref\n0 ")?;
    let count = number(rest)?;
    let rows = rest.get(find(rest, b"\n")? + 1..)?;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for object in 1..count {
        let row = rows.get(object * 20..object * 20 + 20)?;
        if *row.get(17)? == b'n' {
            found.push((number(row)?, object));
        }
    }
    found.sort_unstable();
    let ends = found.iter().skip(1).map(|(at, _)| *at).chain([table]);
    let objects = found.iter().zip(ends).map(|((at, number), end)| {
        let whole = file.get(*at..end)?.trim_ascii();
        let head = format!("{number} 0 obj");
        let body = whole.strip_prefix(head.as_bytes())?;
        let body = body.strip_suffix(b"endobj")?.trim_ascii();
        Some(Object {
            number: *number,
            whole,
            body,
        })
    });
    let first = found.first()?.0;
    Some((objects.collect::<Option<_>>()?, table, first))
}

/// The entries of the trailer without its brackets and its size.
fn trailer(table: &[u8]) -> Option<&[u8]> {
    let dictionary = table.get(find(table, b"trailer")? + b"trailer".len()..)?;
    let dictionary = dictionary
        .get(..find(dictionary, b"startxref")?)?
        .trim_ascii();
    let entries = dictionary
        .strip_prefix(b"<<")?
        .strip_suffix(b">>")?
        .trim_ascii();
    let size = entries.strip_prefix(b"/Size ")?;
    size.get(size.iter().position(|byte| !byte.is_ascii_digit())?..)
}

/// Writes a stream with the bodies of objects.
fn gather(file: &mut Vec<u8>, number: usize, group: &[&Object<'_>]) -> Option<()> {
    let (mut head, mut bodies) = (String::new(), Vec::new());
    for object in group {
        head.push_str(&format!("{} {} ", object.number, bodies.len()));
        bodies.extend_from_slice(object.body);
        bodies.push(b'\n');
    }
    let first = head.len();
    let entries = format!("/Type /ObjStm /N {} /First {first}", group.len());
    let body = [head.into_bytes(), bodies].concat();
    stream(file, number, entries.as_bytes(), &body)
}

/// Writes the table of places as a stream, and the end of the file.
fn end(file: &mut Vec<u8>, mut places: Vec<Place>, trailer: &[u8]) -> Option<()> {
    let (own, at) = (places.len(), file.len());
    places.push(Place::At(at));
    let mut rows = Vec::with_capacity(places.len() * 7);
    for place in &places {
        let (kind, big, small) = match *place {
            Place::Free => (0_u8, 0, 0),
            Place::At(at) => (1, at, 0),
            Place::In(stream, index) => (2, stream, index),
        };
        rows.push(kind);
        rows.extend_from_slice(&u32::try_from(big).ok()?.to_be_bytes());
        rows.extend_from_slice(&u16::try_from(small).ok()?.to_be_bytes());
    }
    let mut entries = format!("/Type /XRef /Size {} /W [1 4 2]", places.len()).into_bytes();
    entries.extend_from_slice(trailer);
    stream(file, own, &entries, &rows)?;
    file.extend_from_slice(format!("startxref\n{at}\n%%EOF").as_bytes());
    Some(())
}

fn stream(file: &mut Vec<u8>, number: usize, entries: &[u8], body: &[u8]) -> Option<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).ok()?;
    let packed = encoder.finish().ok()?;
    let head = format!(
        "{number} 0 obj\n<< /Length {} /Filter /FlateDecode ",
        packed.len()
    );
    file.extend_from_slice(head.as_bytes());
    file.extend_from_slice(entries);
    file.extend_from_slice(b" >>\nstream\n");
    file.extend_from_slice(&packed);
    file.extend_from_slice(b"\nendstream\nendobj\n\n");
    Some(())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// The number at the beginning, behind blanks.
fn number(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.trim_ascii_start();
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit());
    let digits = bytes.get(..end.unwrap_or(bytes.len()))?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::ZlibDecoder;
    use std::io::Read;

    /// A file with two small objects and a stream, as our writer lays them out.
    fn file() -> Vec<u8> {
        let objects = [
            "1 0 obj\n<< /Type /Catalog /A (endobj) >>\nendobj\n\n",
            "2 0 obj\n<< /Length 4 >>\nstream\nabcd\nendstream\nendobj\n\n",
            "3 0 obj\n[1 0 R]\nendobj\n\n",
        ];
        let mut file = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n".to_vec();
        let mut rows = String::from("xref\n0 4\n0000000000 65535 f\r\n");
        for object in objects {
            rows.push_str(&format!("{:010} 00000 n\r\n", file.len()));
            file.extend_from_slice(object.as_bytes());
        }
        let table = file.len();
        rows.push_str("trailer\n<< /Size 4 /Root 1 0 R >>\n");
        file.extend_from_slice(rows.as_bytes());
        file.extend_from_slice(format!("startxref\n{table}\n%%EOF").as_bytes());
        file
    }

    fn unpacked(file: &[u8], kind: &str) -> Vec<u8> {
        let at = find(file, kind.as_bytes()).expect("the stream");
        let from = at + find(&file[at..], b"stream\n").expect("its begin") + 7;
        let mut bytes = Vec::new();
        ZlibDecoder::new(&file[from..])
            .read_to_end(&mut bytes)
            .expect("it unpacks");
        bytes
    }

    #[test]
    fn small_objects_are_gathered_and_streams_stay() {
        let old = file();
        let new = pack(&old).expect("a smaller file");
        let gathered = unpacked(&new, "/ObjStm");
        let text = String::from_utf8(gathered).expect("text");
        assert_eq!(text, "1 0 3 33 << /Type /Catalog /A (endobj) >>\n[1 0 R]\n");
        assert!(find(&new, b"2 0 obj\n<< /Length 4 >>\nstream\nabcd\nendstream").is_some());
        assert!(find(&new, b"/Size 6 /W [1 4 2] /Root 1 0 R").is_some());
        let rows = unpacked(&new, "/XRef");
        let rows: Vec<&[u8]> = rows.chunks(7).collect();
        assert_eq!(rows[0], [0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(rows[1], [2, 0, 0, 0, 4, 0, 0], "first in the stream 4");
        assert_eq!(rows[3], [2, 0, 0, 0, 4, 0, 1]);
        let place = usize::from(rows[2][4]);
        assert!(new[place..].starts_with(b"2 0 obj"));
        let start = tail_number(&new);
        assert!(new[start..].starts_with(b"5 0 obj"));
    }

    fn tail_number(file: &[u8]) -> usize {
        let at = find(file, b"startxref").expect("the end");
        number(&file[at + 9..]).expect("a place")
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_alone() {
        let whole = file();
        assert!(pack(b"").is_none());
        for end in 0..whole.len() {
            // Cut files must not be taken for whole ones; most of all they must not panic.
            let _ = pack(&whole[..end]);
        }
        for place in 0..whole.len() {
            let mut broken = whole.clone();
            broken[place] = b'9';
            let _ = pack(&broken);
        }
    }
}
