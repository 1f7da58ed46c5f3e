//! Archives by hand, sound and unsound.

use flate2::Compression;
use flate2::Crc;
use flate2::write::DeflateEncoder;
use std::io::Write;

/// One part with what its directory says of it.
pub(crate) struct Part {
    pub(crate) name: Vec<u8>,
    pub(crate) packed: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) crc: u32,
    pub(crate) size: u32,
    /// What the directory says of the packed size; else the truth.
    pub(crate) said_packed: Option<u32>,
}

impl Part {
    pub(crate) fn new(name: &str, bytes: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("it packs");
        let mut crc = Crc::new();
        crc.update(bytes);
        Self {
            name: name.as_bytes().to_vec(),
            packed: encoder.finish().expect("it packs"),
            method: 8,
            flags: 0,
            crc: crc.sum(),
            size: u32::try_from(bytes.len()).expect("small"),
            said_packed: None,
        }
    }

    fn head(&self) -> Vec<u8> {
        let mut head = Vec::new();
        for word in [20, self.flags, self.method, 0, 0x21] {
            head.extend(u16::to_le_bytes(word));
        }
        let packed = u32::try_from(self.packed.len()).expect("small");
        for word in [self.crc, self.said_packed.unwrap_or(packed), self.size] {
            head.extend(u32::to_le_bytes(word));
        }
        head.extend(u16::try_from(self.name.len()).expect("short").to_le_bytes());
        head.extend([0, 0]);
        head
    }
}

/// An archive of parts.
pub(crate) fn archive(parts: &[Part]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let offset = u32::try_from(bytes.len()).expect("small");
        bytes.extend(b"PK\x03\x04");
        bytes.extend(part.head());
        bytes.extend(&part.name);
        bytes.extend(&part.packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(part.head());
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(&part.name);
    }
    let offset = u32::try_from(bytes.len()).expect("small");
    let count = u16::try_from(parts.len()).expect("few");
    let size = u32::try_from(directory.len()).expect("small");
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// The parts of a workbook of one sheet with these rows.
pub(crate) fn parts(rows: &str) -> Vec<Part> {
    with_sheets(&[("Sheet1", &sheet(rows))])
}

/// The XML of a sheet with these rows.
pub(crate) fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

/// The parts of a workbook of some sheets.
pub(crate) fn with_sheets(sheets: &[(&str, &str)]) -> Vec<Part> {
    let numbered = || (1..).zip(sheets);
    let listed: String = numbered()
        .map(|(n, (name, _))| format!(r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#))
        .collect();
    let related: String = numbered()
        .map(|(n, _)| format!(r#"<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>"#))
        .collect();
    let workbook = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>"#
    );
    let relations = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>"#
    );
    let mut parts = vec![
        Part::new("[Content_Types].xml", TYPES.as_bytes()),
        Part::new("_rels/.rels", RELS.as_bytes()),
        Part::new("xl/workbook.xml", workbook.as_bytes()),
        Part::new("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    for (n, (_, xml)) in numbered() {
        parts.push(Part::new(
            &format!("xl/worksheets/sheet{n}.xml"),
            xml.as_bytes(),
        ));
    }
    parts
}

/// The list of texts of a workbook, with what its head claims.
pub(crate) fn texts(claim: &str, items: &str) -> Part {
    let xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="{claim}">{items}</sst>"#
    );
    Part::new("xl/sharedStrings.xml", xml.as_bytes())
}
