//! Global node ids: opaque to callers, stable, and telling the types apart.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::vocabulary::NodeType;

/// One byte per type, never reused.
const fn tag(node: NodeType) -> u8 {
    match node {
        NodeType::OrgUnit => 1,
        NodeType::Plan => 2,
        NodeType::PlanSection => 3,
        NodeType::GoverningDocument => 4,
        NodeType::FocusArea => 5,
        NodeType::Goal => 6,
        NodeType::Assignment => 7,
        NodeType::Activity => 8,
        NodeType::Indicator => 9,
        NodeType::Target => 10,
        NodeType::Outcome => 11,
        NodeType::RoleGrant => 12,
        NodeType::FollowUpReport => 13,
        NodeType::Assessment => 14,
        NodeType::CalendarEvent => 15,
        NodeType::InvestmentBudget => 16,
        NodeType::InvestmentItem => 17,
        NodeType::InvestmentItemFollowUp => 18,
        NodeType::InvestmentTransfer => 19,
        NodeType::FrameChange => 20,
        NodeType::OperatingBudget => 21,
        NodeType::BudgetLine => 22,
        NodeType::BudgetLineFollowUp => 23,
    }
}

/// The global id of a stored node.
#[must_use]
pub fn encode(node: NodeType, id: Uuid) -> String {
    encode_with(node, id, &[])
}

/// The global id of a node that is worked out: its type, what it starts from, and what else tells it apart.
#[must_use]
pub fn encode_with(node: NodeType, id: Uuid, rest: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(17 + rest.len());
    bytes.push(tag(node));
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(rest);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The type, key and rest of a global id; nothing when it is not one.
#[must_use]
pub fn decode_with(text: &str) -> Option<(NodeType, Uuid, Vec<u8>)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (&first, bytes) = bytes.split_first()?;
    let (id, rest) = bytes.split_at_checked(16)?;
    let node = NodeType::ALL.iter().copied().find(|node| tag(*node) == first)?;
    Some((node, Uuid::from_slice(id).ok()?, rest.to_vec()))
}

/// The type and key of a stored node's global id.
#[must_use]
pub fn decode(text: &str) -> Option<(NodeType, Uuid)> {
    decode_with(text).and_then(|(node, id, rest)| rest.is_empty().then_some((node, id)))
}
