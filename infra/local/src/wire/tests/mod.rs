//! The wire between the real SDK and the embedded database.

mod breakages;
mod calls;
mod mortal;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, Put, ScalarAttributeType, StreamSpecification, StreamViewType, TransactWriteItem,
};

use super::{VirtualClock, Wire, client, database};

pub(crate) const TABLE: &str = "motcua";

pub(crate) fn clock() -> VirtualClock {
    VirtualClock::new("2020-04-15T01:00:00Z".parse().unwrap())
}

/// Makes a wire in process, its client, and the table.
pub(crate) async fn in_process(clock: &VirtualClock) -> (Wire, Client) {
    let wire = Wire::in_process(database::memory_with_clock(clock).unwrap());
    let client = client(&wire, clock);
    make_table(&client).await;
    wire.reset();
    (wire, client)
}

pub(crate) async fn make_table(client: &Client) {
    let attribute = |name: &str| {
        let text = ScalarAttributeType::S;
        AttributeDefinition::builder().attribute_name(name).attribute_type(text).build().unwrap()
    };
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    let wake = GlobalSecondaryIndex::builder()
        .index_name("wake")
        .key_schema(key("wake_pk", KeyType::Hash))
        .key_schema(key("wake_at", KeyType::Range))
        .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
        .build()
        .unwrap();
    let stream =
        StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewImage).build().unwrap();
    client
        .create_table()
        .table_name(TABLE)
        .set_attribute_definitions(Some(["pk", "sk", "wake_pk", "wake_at"].map(attribute).to_vec()))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .global_secondary_indexes(wake)
        .stream_specification(stream)
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
}

/// Copies the disk as a kill at this instant leaves it: the files as they are, nothing closed or tidied.
pub(crate) fn left_by_a_kill(folder: &std::path::Path) -> tempfile::TempDir {
    let left = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        // The shared-memory file is not durable; the write-ahead log is.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(file.path(), left.path().join(file.file_name())).unwrap();
        }
    }
    left
}

pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

pub(crate) async fn put(client: &Client, pk: &str, note: &str) {
    let put = client.put_item().table_name(TABLE).item("pk", text(pk)).item("sk", text("state"));
    put.item("note", text(note)).send().await.unwrap();
}

/// Puts an item that wakes at `wake_at`.
async fn put_waking(client: &Client, pk: &str, wake_at: &str) {
    let put = client.put_item().table_name(TABLE).item("pk", text(pk)).item("sk", text("state"));
    put.item("wake_pk", text("wake#0")).item("wake_at", text(wake_at)).send().await.unwrap();
}

async fn read(client: &Client, pk: &str) -> Option<String> {
    let get = client.get_item().table_name(TABLE).key("pk", text(pk)).key("sk", text("state"));
    let item = get.consistent_read(true).send().await.unwrap().item?;
    item["note"].as_s().ok().cloned()
}

/// Commits state and event in one transaction; the state must not exist yet.
fn commit(
    client: &Client,
    pk: &str,
) -> aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder {
    let item = |sk: &str| {
        let put = Put::builder().table_name(TABLE).item("pk", text(pk)).item("sk", text(sk));
        let put = put.item("note", text("filed")).condition_expression("attribute_not_exists(pk)");
        TransactWriteItem::builder().put(put.build().unwrap()).build()
    };
    client
        .transact_write_items()
        .transact_items(item("state"))
        .transact_items(item("event#000001"))
        .client_request_token(format!("token-{pk}"))
}

async fn due(client: &Client, until: &str) -> Vec<String> {
    let query = client
        .query()
        .table_name(TABLE)
        .index_name("wake")
        .key_condition_expression("wake_pk = :pk AND wake_at <= :until")
        .expression_attribute_values(":pk", text("wake#0"))
        .expression_attribute_values(":until", text(until));
    let items = query.send().await.unwrap().items.unwrap_or_default();
    items.iter().map(|item| item["pk"].as_s().unwrap().clone()).collect()
}
