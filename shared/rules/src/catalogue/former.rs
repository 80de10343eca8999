//! Reading and writing of a procedure. Versions stored before there was a check-list named each paper in the steps that
//! need its original; their check-list is made of those.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::Procedure;

impl<'de> Deserialize<'de> for Procedure {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut read = Value::deserialize(from)?;
        list_papers(&mut read);
        // The inherent function that `remote` makes, not this one.
        Self::deserialize(read).map_err(D::Error::custom)
    }
}

impl Serialize for Procedure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, to)
    }
}

/// Moves the papers named within steps into the check-list, and leaves their codes there. A paper that is listed by the
/// same code and name is listed once; two names of one code both stay, so that the check finds them.
fn list_papers(procedure: &mut Value) {
    let mut named = Vec::new();
    let steps = procedure.get_mut("steps").and_then(Value::as_array_mut);
    let originals = steps.into_iter().flatten().filter_map(|step| step.get_mut("originals")?.as_array_mut());
    for original in originals.flatten() {
        if let Some(code) = original.get("code").filter(|code| code.is_string()).cloned() {
            named.push(std::mem::replace(original, code));
        }
    }
    let Some(fields) = procedure.as_object_mut().filter(|_| !named.is_empty()) else { return };
    let papers = fields.entry("papers").or_insert_with(|| Value::Array(Vec::new()));
    let Some(papers) = papers.as_array_mut() else { return };
    for paper in named {
        let same = |listed: &Value| ["code", "name_vi"].iter().all(|field| listed.get(field) == paper.get(field));
        if !papers.iter().any(same) {
            papers.push(paper);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Paper, Procedure};

    /// A version as it was stored before there was a check-list.
    const STORED: &str = r#"{"code":"1.005129","version":1,"name_vi":"v","name_en":"e","legal_basis":"l","online":true,
        "limit":{"allowance":{"n":5,"unit":"working_days"},"counting":"civil_code","after_hours":"same_day"},
        "starts_on":"acceptance","acceptance_office_hours":8,"steps":[
        {"name":"a","name_vi":"A","originals":[],"grace_working_days":2},
        {"name":"b","name_vi":"B","originals":[{"code":"P1","name_vi":"Đơn"},{"code":"P2","name_vi":"Bản vẽ"}],
         "grace_working_days":2},
        {"name":"c","name_vi":"C","originals":[{"code":"P1","name_vi":"Đơn"}],"grace_working_days":2}],
        "returns_by_post":true,"supplement_within_working_days":3,"most_rounds":null,"on_missed_wait":"propose",
        "remind_working_days_before":2,"remind_after_working_days":10}"#;

    #[test]
    fn a_stored_version_without_a_check_list_has_one_of_its_steps_originals() {
        let procedure: Procedure = serde_json::from_str(STORED).unwrap();
        assert_eq!(procedure.papers, [Paper::named("P1", "Đơn"), Paper::named("P2", "Bản vẽ")]);
        assert_eq!(procedure.steps[1].originals, ["P1", "P2"]);
        assert_eq!(procedure.originals(), ["P1", "P2"]);
        assert_eq!(procedure.flaws(), []);
        // It is written in the new shape, which reads as the same.
        let written = serde_json::to_value(&procedure).unwrap();
        assert_eq!(written["steps"][2]["originals"], serde_json::json!(["P1"]));
        assert_eq!(serde_json::from_value::<Procedure>(written).unwrap(), procedure);
    }

    #[test]
    fn two_names_of_one_code_are_a_flaw_in_the_earlier_shape_too() {
        let procedure: Procedure = serde_json::from_str(&STORED.replacen("Đơn", "Tờ khai", 1)).unwrap();
        let flaws: Vec<_> =
            procedure.flaws().into_iter().map(|flaw| format!("{}: {}", flaw.field, flaw.what)).collect();
        assert_eq!(flaws, ["papers[2].code: is another paper's code"]);
        let nameless = STORED.replacen(r#""code":"P1","#, "", 1);
        assert!(serde_json::from_str::<Procedure>(&nameless).is_err());
        let odd = STORED.replacen(r#""code":"P1","#, r#""code":"P1","colour":"red","#, 1);
        assert!(serde_json::from_str::<Procedure>(&odd).is_err());
    }
}
