//! Parquet, without Arrow and with snappy: rows are gathered until a row group is full, so that memory
//! has a limit and the groups of a sorted file can be skipped.
//!
//! | kind | in the file |
//! |---|---|
//! | text, code | UTF-8 |
//! | integer, yen | 64 bits |
//! | year | 32 bits |
//! | number | decimal of 38 digits, 10 of them behind the point, in 16 bytes |
//! | flag | boolean |

use crate::column::{Column, DECIMALS, Kind};
use crate::csv::rounded;
use crate::fault::Fault;
use crate::row::{Cell, Row};
use crate::table::Table;
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType,
    Int32Type, Int64Type,
};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{WriterProperties, WriterVersion};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use rust_decimal::Decimal;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a group.
pub const GROUP_ROWS: usize = 65_536;

/// All digits of a number.
const PRECISION: i32 = 38;

/// Bytes of a number.
const NUMBER_BYTES: i32 = 16;

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(error) => Self::Io(*error),
                Err(other) => Self::Io(io::Error::other(other)),
            },
            other => Self::Io(io::Error::other(other)),
        }
    }
}

/// Writes the rows of one table.
pub struct Writer<W: Write + Send> {
    out: SerializedFileWriter<W>,
    table: &'static Table,
    gathered: Vec<Gathered>,
    rows: usize,
}

impl<W: Write + Send> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { table, rows, .. } = self;
        write!(f, "Writer({}, {rows} rows)", table.name)
    }
}

/// The values of one column that wait for their group, with a level each: 0 for nothing.
#[derive(Debug)]
struct Gathered {
    levels: Vec<i16>,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Texts(Vec<ByteArray>),
    Integers(Vec<i64>),
    Years(Vec<i32>),
    Numbers(Vec<FixedLenByteArray>),
    Flags(Vec<bool>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(out: W, table: &'static Table) -> Result<Self, Fault> {
        let columns = table.columns.iter().map(column_type);
        let columns: Result<Vec<_>, ParquetError> = columns.map(|c| c.map(Arc::new)).collect();
        let schema = Type::group_type_builder(table.name)
            .with_fields(columns?)
            .build()?;
        let about = vec![
            KeyValue::new("meguri.table".to_owned(), table.name.to_owned()),
            KeyValue::new("meguri.title".to_owned(), table.title.to_owned()),
        ];
        let properties = WriterProperties::builder()
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::SNAPPY)
            .set_created_by("meguri".to_owned())
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_key_value_metadata(Some(about))
            .build();
        let out = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Self {
            out,
            table,
            gathered: table.columns.iter().map(Gathered::new).collect(),
            rows: 0,
        })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where it is no row of its table, or cannot be written.
    pub fn write(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        row.check()?;
        for ((gathered, cell), column) in self
            .gathered
            .iter_mut()
            .zip(row.cells())
            .zip(self.table.columns)
        {
            gathered.push(cell).ok_or(Fault::Large {
                table: self.table.name,
                column: column.name,
            })?;
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS {
            self.group()?;
        }
        Ok(())
    }

    /// Writes what was gathered as a group.
    fn group(&mut self) -> Result<(), Fault> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.out.next_row_group()?;
        for (gathered, column) in self.gathered.iter_mut().zip(self.table.columns) {
            if let Some(writer) = group.next_column()? {
                gathered.write(writer, column.required)?;
            }
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Ends the file, and gives back where it was written.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.group()?;
        Ok(self.out.into_inner()?)
    }
}

fn column_type(column: &Column) -> Result<Type, ParquetError> {
    let physical = match column.kind {
        Kind::Text | Kind::Code => Physical::BYTE_ARRAY,
        Kind::Integer | Kind::Yen => Physical::INT64,
        Kind::Year => Physical::INT32,
        Kind::Number => Physical::FIXED_LEN_BYTE_ARRAY,
        Kind::Flag => Physical::BOOLEAN,
    };
    let logical = match column.kind {
        Kind::Text | Kind::Code => Some(LogicalType::String),
        Kind::Number => Some(LogicalType::decimal(DECIMALS.cast_signed(), PRECISION)),
        Kind::Integer | Kind::Yen | Kind::Year | Kind::Flag => None,
    };
    let repetition = if column.required {
        Repetition::REQUIRED
    } else {
        Repetition::OPTIONAL
    };
    let length = if column.kind == Kind::Number {
        NUMBER_BYTES
    } else {
        -1
    };
    let mut builder = Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .with_length(length);
    if column.kind == Kind::Number {
        builder = builder
            .with_precision(PRECISION)
            .with_scale(DECIMALS.cast_signed());
    }
    builder.build()
}

impl Gathered {
    fn new(column: &Column) -> Self {
        let values = match column.kind {
            Kind::Text | Kind::Code => Values::Texts(Vec::new()),
            Kind::Integer | Kind::Yen => Values::Integers(Vec::new()),
            Kind::Year => Values::Years(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Flag => Values::Flags(Vec::new()),
        };
        Self {
            levels: Vec::new(),
            values,
        }
    }

    /// Takes a cell; `None` where its number does not fit.
    fn push(&mut self, cell: &Cell<'_>) -> Option<()> {
        self.levels.push(i16::from(*cell != Cell::Empty));
        match (&mut self.values, cell) {
            (Values::Texts(values), Cell::Text(text)) => {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
            }
            (Values::Integers(values), Cell::Integer(number)) => values.push(*number),
            (Values::Years(values), Cell::Integer(year)) => values.push(i32::try_from(*year).ok()?),
            (Values::Numbers(values), Cell::Number(number)) => {
                let bytes = unscaled(*number)?.to_be_bytes().to_vec();
                values.push(FixedLenByteArray::from(ByteArray::from(bytes)));
            }
            (Values::Flags(values), Cell::Flag(flag)) => values.push(*flag),
            // What is of another kind was refused before.
            _ => {}
        }
        Some(())
    }

    fn write(&mut self, writer: SerializedColumnWriter<'_>, required: bool) -> Result<(), Fault> {
        let levels = (!required).then_some(self.levels.as_slice());
        match &mut self.values {
            Values::Texts(values) => put::<ByteArrayType>(writer, values, levels)?,
            Values::Integers(values) => put::<Int64Type>(writer, values, levels)?,
            Values::Years(values) => put::<Int32Type>(writer, values, levels)?,
            Values::Numbers(values) => put::<FixedLenByteArrayType>(writer, values, levels)?,
            Values::Flags(values) => put::<BoolType>(writer, values, levels)?,
        }
        self.levels.clear();
        Ok(())
    }
}

fn put<T: DataType>(
    mut writer: SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: Option<&[i16]>,
) -> Result<(), Fault> {
    writer.typed::<T>().write_batch(values, levels, None)?;
    writer.close()?;
    values.clear();
    Ok(())
}

/// A number as a whole number of its last place; `None` where it has too many digits.
fn unscaled(number: Decimal) -> Option<i128> {
    let number = rounded(number);
    let missing = DECIMALS.checked_sub(number.scale())?;
    let whole = number
        .mantissa()
        .checked_mul(10_i128.checked_pow(missing)?)?;
    let most = 10_i128.checked_pow(PRECISION.cast_unsigned())?;
    (whole.checked_abs()? < most).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{TABLES, VALUES, example};
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn numbers_keep_all_their_digits() {
        for (number, wanted) in [
            ("1", Some(10_000_000_000)),
            ("-0.1", Some(-1_000_000_000)),
            ("0.00000000005", Some(1)),
            ("1234567890123.5", Some(12_345_678_901_235_000_000_000)),
            ("0", Some(0)),
            ("79228162514264337593543950335", None),
            (
                "9999999999999999999999999999",
                Some(99_999_999_999_999_999_999_999_999_990_000_000_000),
            ),
        ] {
            let number: Decimal = number.parse().expect("a number");
            assert_eq!(unscaled(number), wanted, "{number}");
        }
    }

    #[test]
    fn every_table_is_read_back_as_it_was_written() {
        for table in TABLES {
            let mut full = Row::new(table);
            let mut least = Row::new(table);
            for column in table.columns {
                full.set(column.name, example(column));
                if column.required {
                    least.set(column.name, example(column));
                }
            }
            let file = tempfile::tempfile().expect("a file");
            let mut writer = Writer::new(file, table).expect("a file");
            for row in [&full, &least, &full] {
                writer.write(row).expect("a row");
            }
            let file = writer.finish().expect("an end");
            let reader = SerializedFileReader::new(file).expect("a Parquet file");
            let rows: Vec<_> = reader
                .get_row_iter(None)
                .expect("rows")
                .map(|row| row.expect("a row"))
                .collect();
            assert_eq!(rows.len(), 3, "{}", table.name);
            assert_eq!(rows[0], rows[2]);
            let names: Vec<&String> = rows[0].get_column_iter().map(|(name, _)| name).collect();
            let wanted: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(names, wanted);
        }
    }

    #[test]
    fn a_long_table_has_several_groups_and_a_large_number_is_refused() {
        let row = || {
            let mut row = Row::new(&VALUES);
            for column in VALUES.columns.iter().filter(|column| column.required) {
                row.set(column.name, example(column));
            }
            row
        };
        let mut writer = Writer::new(Vec::new(), &VALUES).expect("a file");
        for _ in 0..=GROUP_ROWS {
            writer.write(&row()).expect("a row");
        }
        let refused = writer.write(&row().with("value", Decimal::MAX));
        let (table, column) = ("values", "value");
        assert_eq!(refused, Err(Fault::Large { table, column }));
    }
}
