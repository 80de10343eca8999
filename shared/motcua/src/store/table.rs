//! The table itself, as infra/template.yaml declares it for AWS; the local server and tests create it with this.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, StreamSpecification, StreamViewType,
};

use super::{Error, Store};

/// Creates the table if it does not exist.
///
/// # Errors
/// [`Error::Unavailable`] if the server declines for another reason than that it exists.
pub async fn create_table(store: &Store) -> Result<(), Error> {
    let attribute = |name: &str| {
        AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S)
            .build()
            .expect("name and type are given")
    };
    let key = |name: &str, kind: KeyType| {
        KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("name and type are given")
    };
    let wake = GlobalSecondaryIndex::builder()
        .index_name("wake")
        .key_schema(key("wake_pk", KeyType::Hash))
        .key_schema(key("wake_at", KeyType::Range))
        .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
        .build()
        .expect("name and schema are given");
    let stream = StreamSpecification::builder()
        .stream_enabled(true)
        .stream_view_type(StreamViewType::NewImage)
        .build()
        .expect("enabled is given");
    let created = store
        .client
        .create_table()
        .table_name(&store.table)
        .set_attribute_definitions(Some(["pk", "sk", "wake_pk", "wake_at"].map(attribute).into()))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .global_secondary_indexes(wake)
        .billing_mode(BillingMode::PayPerRequest)
        .stream_specification(stream)
        .send()
        .await;
    match created {
        Ok(_) => Ok(()),
        Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_in_use_exception()) => Ok(()),
        Err(error) => Err(Error::from_sdk("CreateTable", &error)),
    }
}
