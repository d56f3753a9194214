//! Points as JSON numbers: rounded to two decimals, whole numbers without a decimal point.
//! Must not be used for deciding anything.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::points::Points;

/// A number of points as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(i64);

impl Number {
    /// Rounded to two decimals.
    pub fn new(points: Points) -> Self {
        Self(points.hundredths())
    }

    /// In hundredths.
    pub fn hundredths(self) -> i64 {
        self.0
    }

    /// For workbooks.
    pub fn shown(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "points are far below 2^53 hundredths")]
        let hundredths = self.0 as f64;
        hundredths / 100.0
    }

    /// As points, after rounding.
    pub fn points(self) -> Points {
        Points::ratio(self.0, 100).unwrap_or_default()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.points().fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 { serializer.serialize_i64(self.0 / 100) } else { serializer.serialize_f64(self.shown()) }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        Points::parse(&number.to_string()).map(Self::new).ok_or_else(|| serde::de::Error::custom("not a number of points"))
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Points".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "description": "points, rounded half away from zero to two decimals" })
    }
}
