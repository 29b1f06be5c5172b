//! The table of rules names tests that exist.

#![allow(clippy::pedantic, reason = "tests are explicit, not elegant")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn the_tests_of_the_rules_exist() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let rules = fs::read_to_string(tests.join("rules.md")).unwrap();
    let mut sources = BTreeMap::new();
    let mut missing = Vec::new();
    let mut named = 0;
    for line in rules.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| rule")) {
        let rows = line.split('`').skip(1).step_by(2).filter(|name| name.contains("::"));
        let before = named;
        for name in rows {
            let (file, function) = name.rsplit_once("::").unwrap();
            let source = sources.entry(file.to_string()).or_insert_with(|| {
                fs::read_to_string(tests.join(file.replace("::", "/")).with_extension("rs"))
                    .unwrap_or_default()
            });
            // A function after the attribute, perhaps with what it is made of in between.
            let at = source.find(&format!("fn {function}("));
            let is_test = at.is_some_and(|at| source[..at].trim_end().ends_with("#[test]"));
            if !is_test {
                missing.push(name.to_string());
            }
            named += 1;
        }
        assert!(named > before, "a rule without a test: {line}");
    }
    assert!(named > 100, "{named}");
    assert_eq!(missing, Vec::<String>::new());
}
