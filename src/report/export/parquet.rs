//! A table as Apache Parquet: flat typed columns, all of them nullable, a group of rows at a time. Must not hold more than one group.

use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::Arc;

use ::parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use ::parquet::file::properties::{WriterProperties, WriterVersion};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type as Schema;

use super::Sink;
use super::table::{Column, Type, Value};

/// Rows of a group.
const ROWS: usize = 50_000;
/// Bytes of text of a group.
const BYTES: usize = 32 << 20;

/// A file being written.
pub struct Parquet {
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Held>,
    rows: usize,
    bytes: usize,
}

/// One column of the group in the making: values that are not null, and which rows have one.
enum Held {
    Text(Vec<ByteArray>, Vec<i16>),
    Whole(Vec<i64>, Vec<i16>),
    Flag(Vec<bool>, Vec<i16>),
}

impl Parquet {
    /// Begins a file.
    pub fn begin(to: BufWriter<File>, columns: &[Column]) -> io::Result<Self> {
        let fields: Result<Vec<_>, _> = columns.iter().map(|c| field(c).map(Arc::new)).collect();
        let schema = Schema::group_type_builder("juanping").with_fields(fields?).build()?;
        let properties = WriterProperties::builder()
            // Whatever the library calls itself by, equal input gives equal bytes.
            .set_created_by(concat!("juanping version ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::SNAPPY)
            .build();
        let writer = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties))?;
        let held = |c: &Column| match c.kind {
            Type::Text => Held::Text(Vec::new(), Vec::new()),
            Type::Points | Type::Count => Held::Whole(Vec::new(), Vec::new()),
            Type::Flag => Held::Flag(Vec::new(), Vec::new()),
        };
        Ok(Self { writer, columns: columns.iter().map(held).collect(), rows: 0, bytes: 0 })
    }

    /// Writes the group that is held.
    fn flush(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for held in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            put(&mut column, held)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

fn put(column: &mut SerializedColumnWriter<'_>, held: &mut Held) -> io::Result<()> {
    match held {
        Held::Text(values, levels) => {
            column.typed::<ByteArrayType>().write_batch(values, Some(levels), None)?;
            (*values, *levels) = (Vec::new(), Vec::new());
        }
        Held::Whole(values, levels) => {
            column.typed::<Int64Type>().write_batch(values, Some(levels), None)?;
            (*values, *levels) = (Vec::new(), Vec::new());
        }
        Held::Flag(values, levels) => {
            column.typed::<BoolType>().write_batch(values, Some(levels), None)?;
            (*values, *levels) = (Vec::new(), Vec::new());
        }
    }
    Ok(())
}

fn field(column: &Column) -> Result<Schema, ::parquet::errors::ParquetError> {
    let physical = match column.kind {
        Type::Text => Physical::BYTE_ARRAY,
        Type::Points | Type::Count => Physical::INT64,
        Type::Flag => Physical::BOOLEAN,
    };
    let builder = Schema::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    match column.kind {
        Type::Text => builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8),
        Type::Points => builder
            .with_logical_type(Some(LogicalType::decimal(2, 18)))
            .with_converted_type(ConvertedType::DECIMAL)
            .with_precision(18)
            .with_scale(2),
        Type::Count | Type::Flag => builder,
    }
    .build()
}

impl Sink for Parquet {
    fn row(&mut self, row: Vec<Value>) -> io::Result<()> {
        for (held, value) in self.columns.iter_mut().zip(row) {
            let whole = |value: Option<i64>, values: &mut Vec<i64>, levels: &mut Vec<i16>| {
                levels.push(i16::from(value.is_some()));
                values.extend(value);
            };
            match (held, value) {
                (Held::Text(values, levels), Value::Text(text)) => {
                    levels.push(i16::from(text.is_some()));
                    self.bytes += text.as_ref().map_or(0, String::len);
                    values.extend(text.map(|t| ByteArray::from(t.into_bytes())));
                }
                (Held::Whole(values, levels), Value::Points(points)) => whole(points.map(|p| p.hundredths()), values, levels),
                (Held::Whole(values, levels), Value::Count(count)) => whole(count.and_then(|n| i64::try_from(n).ok()), values, levels),
                (Held::Flag(values, levels), Value::Flag(flag)) => {
                    levels.push(i16::from(flag.is_some()));
                    values.extend(flag);
                }
                _ => return Err(io::Error::other("a value of another type than its column")),
            }
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<BufWriter<File>> {
        self.flush()?;
        Ok(self.writer.into_inner()?)
    }
}
