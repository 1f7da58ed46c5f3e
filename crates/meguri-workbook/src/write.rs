//! Makes the file of a [`Book`].

use crate::book::{
    Area, Book, Cell, Chart, Kind, List, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Moment, Numeral,
    Place, Sheet, Style, Value, cut,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Chart as XlsxChart, ChartType, Color, DataValidation, DataValidationErrorStyle, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, IgnoreError, ProtectionOptions,
    Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::collections::HashMap;
use thiserror::Error;

/// Behind a text that was cut.
const CUT: &str = "…（長いため、ここまで）";
/// The most characters of a list that stands in the validation itself.
const MOST_LIST: usize = 250;

/// A workbook that cannot be written: a fault of the program.
#[derive(Debug, Error)]
#[error("ブックを作れません：{0}")]
pub struct Unwritten(String);

impl From<XlsxError> for Unwritten {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// The file of a book.
///
/// # Errors
/// Where the book breaks a rule of spreadsheets: two sheets of one name, too many rows.
pub fn bytes(book: &Book) -> Result<Vec<u8>, Unwritten> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(book)?);
    let mut looks = Looks::default();
    for sheet in &book.sheets {
        let worksheet = write_sheet(sheet, &mut looks)?;
        workbook.push_worksheet(worksheet);
    }
    for (name, place) in &book.names {
        workbook.define_name(name.as_str(), &meant(book, place))?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn properties(book: &Book) -> Result<DocProperties, Unwritten> {
    let Moment {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = book.moment;
    let when = ExcelDateTime::from_ymd(year, month, day)?.and_hms(hour.into(), minute, second)?;
    Ok(DocProperties::new()
        .set_title(readable(&book.title).as_ref())
        .set_author(readable(&book.author).as_ref())
        .set_creation_datetime(&when))
}

/// The formula of a defined name: `='シート名'!$B$3`.
fn meant(book: &Book, place: &Place) -> String {
    let sheet = book.sheets.get(place.sheet);
    let name = sheet.map_or("", |sheet| sheet.name.as_str());
    let address = crate::book::address(place.row, place.column);
    let (letters, digits) =
        address.split_at(address.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
    format!("='{}'!${letters}${digits}", name.replace('\'', "''"))
}

fn write_sheet(sheet: &Sheet, looks: &mut Looks) -> Result<Worksheet, Unwritten> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(&sheet.name)?;
    if let Some(name) = &sheet.table {
        // The heads of the table are the cells of the first row; it comes first, since it writes
        // heads of its own.
        table(&mut worksheet, sheet, name)?;
    }
    for area in &sheet.merged {
        merge(&mut worksheet, sheet, *area, looks)?;
    }
    for cell in &sheet.cells {
        write_cell(&mut worksheet, cell, looks)?;
    }
    for (column, width) in &sheet.widths {
        worksheet.set_column_width(*column, f64::from(*width))?;
    }
    for column in &sheet.hidden_columns {
        worksheet.set_column_hidden(*column)?;
    }
    for (row, height) in &sheet.heights {
        worksheet.set_row_height(*row, f64::from((*height).min(409)))?;
    }
    for row in &sheet.hidden_rows {
        worksheet.set_row_hidden(*row)?;
    }
    for list in &sheet.lists {
        add_list(&mut worksheet, list)?;
    }
    for chart in &sheet.charts {
        add_chart(&mut worksheet, sheet, chart)?;
    }
    arrange(&mut worksheet, sheet)?;
    Ok(worksheet)
}

/// What concerns the sheet as a whole: in sight, on paper, protected.
fn arrange(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), Unwritten> {
    if let Some((row, column)) = sheet.frozen {
        worksheet.set_freeze_panes(row, column)?;
    }
    // A4; as wide as the paper, as many pages high as it takes.
    worksheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if sheet.landscape {
        worksheet.set_landscape();
    }
    if let Some((first, last)) = sheet.repeated {
        worksheet.set_repeat_rows(first, last)?;
    }
    if let Some(area) = sheet.printed {
        worksheet.set_print_area(area.top, area.left, area.bottom, area.right)?;
    }
    if !sheet.footer.is_empty() {
        let words = cut(&readable(&sheet.footer).replace('&', "&&"), 200);
        worksheet.set_footer(format!("&L{words}&R&P / &N"));
    }
    if sheet.hidden {
        worksheet.set_hidden(true);
    }
    if sheet.protected {
        let options = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::new()
        };
        worksheet.protect_with_options(&options);
    }
    Ok(())
}

fn table(worksheet: &mut Worksheet, sheet: &Sheet, name: &str) -> Result<(), Unwritten> {
    let last = sheet.cells.iter().map(|cell| cell.row).max().unwrap_or(0);
    let mut heads: Vec<(u16, String)> = Vec::new();
    for cell in sheet.cells.iter().filter(|cell| cell.row == 0) {
        if let Value::Text(text) = &cell.value {
            heads.push((cell.column, readable(text).into_owned()));
        }
    }
    heads.sort();
    let Some((right, _)) = heads.last().cloned() else {
        return Ok(());
    };
    let columns = heads.iter();
    let columns: Vec<TableColumn> = columns
        .map(|(_, head)| TableColumn::new().set_header(head.as_str()))
        .collect();
    let table = Table::new()
        .set_name(name)
        .set_style(TableStyle::Light1)
        .set_columns(&columns);
    // A table has one row below its heads at least.
    worksheet.add_table(0, 0, last.max(1), right, &table)?;
    Ok(())
}

/// Cells that are one: the look goes around all of them.
fn merge(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    area: Area,
    looks: &mut Looks,
) -> Result<(), Unwritten> {
    let first = |cell: &&Cell| cell.row == area.top && cell.column == area.left;
    let style = sheet.cells.iter().find(first).map(|cell| cell.style);
    let format = looks.of(style.unwrap_or_default(), None);
    worksheet.merge_range(area.top, area.left, area.bottom, area.right, "", &format)?;
    Ok(())
}

fn write_cell(worksheet: &mut Worksheet, cell: &Cell, looks: &mut Looks) -> Result<(), Unwritten> {
    let Cell {
        row,
        column,
        value,
        style,
    } = cell;
    if *row >= MOST_ROWS || *column >= MOST_COLUMNS {
        return Err(Unwritten("行か列が多すぎます".to_owned()));
    }
    match value {
        Value::Blank => {
            let format = looks.of(*style, None);
            worksheet.write_blank(*row, *column, &format)?;
        }
        Value::Text(text) => {
            let format = looks.of(*style, None);
            worksheet.write_string_with_format(*row, *column, shortened(text).as_ref(), &format)?;
            if style.numeral == Some(Numeral::Text) {
                worksheet.ignore_error(*row, *column, IgnoreError::NumberStoredAsText)?;
            }
        }
        Value::Number(number, numeral) => {
            let format = looks.of(*style, Some(*numeral));
            worksheet.write_number_with_format(*row, *column, float(*number), &format)?;
        }
        Value::Formula {
            formula,
            result,
            numeral,
        } => {
            let format = looks.of(*style, Some(*numeral));
            let formula = Formula::new(formula).set_result(float(*result).to_string());
            worksheet.write_formula_with_format(*row, *column, formula, &format)?;
        }
    }
    Ok(())
}

/// Spreadsheets keep numbers as binary floats; nobody computes with them here.
fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(0.0)
}

/// A text as a cell can hold it.
fn shortened(text: &str) -> Cow<'_, str> {
    let text = readable(text);
    if text.encode_utf16().count() <= MOST_TEXT {
        return text;
    }
    let room = MOST_TEXT - CUT.encode_utf16().count();
    Cow::Owned(format!("{}{CUT}", cut(&text, room)))
}

/// A text without the characters that no XML can hold: controls are shown by their pictures.
#[must_use]
pub fn readable(text: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let replaced = text.replace("\r\n", "\n");
    let shown = |c: char| match c {
        '\r' => '\n',
        c if odd(c) => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        c => c,
    };
    Cow::Owned(replaced.chars().map(shown).collect())
}

fn add_list(worksheet: &mut Worksheet, list: &List) -> Result<(), Unwritten> {
    let length: usize = list.values.iter().map(|v| v.chars().count() + 1).sum();
    let has_comma = list.values.iter().any(|value| value.contains([',', '"']));
    if list.values.is_empty() || length > MOST_LIST || has_comma {
        // Such values stand in the words beside the cell.
        return Ok(());
    }
    let rule = DataValidation::new()
        .allow_list_strings(&list.values)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("選択肢にありません")?
        .set_error_message("一覧から選んでください。")?;
    let Area {
        top,
        left,
        bottom,
        right,
    } = list.area;
    worksheet.add_data_validation(top, left, bottom, right, &rule)?;
    Ok(())
}

fn add_chart(worksheet: &mut Worksheet, sheet: &Sheet, chart: &Chart) -> Result<(), Unwritten> {
    let name = sheet.name.as_str();
    let range = |area: Area| (name, area.top, area.left, area.bottom, area.right);
    let mut drawn = XlsxChart::new(ChartType::Line);
    drawn.title().set_name(readable(&chart.title).as_ref());
    drawn.set_alt_text(readable(&chart.title).as_ref());
    drawn.set_width(480).set_height(240);
    for (line, area) in &chart.lines {
        drawn
            .add_series()
            .set_name(line.as_str())
            .set_categories(range(chart.categories))
            .set_values(range(*area));
    }
    worksheet.insert_chart(chart.row, chart.column, &drawn)?;
    Ok(())
}

/// The looks of cells, each made once.
#[derive(Default)]
struct Looks(HashMap<(Style, Option<Numeral>), Format>);

impl Looks {
    fn of(&mut self, style: Style, numeral: Option<Numeral>) -> Format {
        let numeral = numeral.or(style.numeral);
        let look = self.0.entry((style, numeral));
        look.or_insert_with(|| look_of(style, numeral)).clone()
    }
}

fn look_of(style: Style, numeral: Option<Numeral>) -> Format {
    let format = Format::new()
        .set_font_name("BIZ UDPゴシック")
        .set_align(FormatAlign::Top)
        .set_text_wrap();
    let format = match style.kind {
        Kind::Free => format,
        Kind::Title => format.set_bold().set_font_size(16),
        Kind::Band => format
            .set_bold()
            .set_background_color(Color::RGB(0x1f_3864))
            .set_font_color(Color::White),
        Kind::Head => bordered(format)
            .set_bold()
            .set_background_color(Color::RGB(0xe7_eaf0)),
        Kind::Body => bordered(format),
        Kind::Entry => bordered(format).set_background_color(Color::RGB(0xff_f8d6)),
        Kind::Total => bordered(format)
            .set_bold()
            .set_border_top(FormatBorder::Medium),
        Kind::Note => format.set_font_size(9),
    };
    let format = if style.right {
        format.set_align(FormatAlign::Right)
    } else {
        format
    };
    let format = if style.unlocked {
        format.set_unlocked()
    } else {
        format
    };
    match numeral.map(code) {
        Some(code) if !code.is_empty() => format.set_num_format(code),
        _ => format,
    }
}

fn bordered(format: Format) -> Format {
    format
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x80_8080))
}

/// The code of a format of numbers.
fn code(numeral: Numeral) -> String {
    let decimals = |count: u32| {
        let zeros = "0".repeat(usize::try_from(count.min(20)).unwrap_or(0));
        if zeros.is_empty() {
            String::new()
        } else {
            format!(".{zeros}")
        }
    };
    match numeral {
        Numeral::Commas(count) => format!("#,##0{}", decimals(count)),
        Numeral::Plain => String::new(),
        Numeral::Percent(count) => format!("0{}%", decimals(count)),
        Numeral::Text => "@".to_owned(),
    }
}
