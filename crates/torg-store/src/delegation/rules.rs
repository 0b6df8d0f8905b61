//! The rules, in the order in which they are asked.

use torg_core::RuleId;
use torg_core::delegation::Rule;

use crate::{Read, Row, StoreError, Tx, params, sql};

/// A rule and its place; what stands before others is asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    pub id: RuleId,
    pub sort: i64,
    pub rule: Rule,
}

/// All rules, the first asked first.
pub fn all(read: &Read<'_>) -> Result<Vec<RuleRow>, StoreError> {
    let text = sql!(list "select id, sort, rule from delegation_rules order by sort, id limit 500");
    read.all(text, &params![], row)
}

pub fn one(read: &Read<'_>, id: RuleId) -> Result<Option<RuleRow>, StoreError> {
    read.one(sql!("select id, sort, rule from delegation_rules where id = $1"), &params![id], row)
}

/// Keeps a rule, new or changed.
pub fn save(tx: &mut Tx<'_>, kept: &RuleRow) -> Result<(), StoreError> {
    let rule = serde_json::to_string(&kept.rule)
        .map_err(|error| StoreError::Bug(format!("a rule as JSON: {error}")))?;
    tx.execute(
        sql!(
            "insert into delegation_rules (id, sort, rule) values ($1, $2, $3)
              on conflict (id) do update set sort = excluded.sort, rule = excluded.rule"
        ),
        &params![kept.id, kept.sort, rule],
    )?;
    Ok(())
}

pub fn remove(tx: &mut Tx<'_>, id: RuleId) -> Result<(), StoreError> {
    tx.execute(sql!("delete from delegation_rules where id = $1"), &params![id])?;
    Ok(())
}

fn row(row: &Row<'_>) -> Result<RuleRow, StoreError> {
    let rule = serde_json::from_str(&row.get::<String>(2)?);
    let rule = rule.map_err(|error| StoreError::Corrupt(format!("a rule: {error}")))?;
    Ok(RuleRow { id: row.get(0)?, sort: row.get(1)?, rule })
}
