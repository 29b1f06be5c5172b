//! The vectors as JSON Lines, a file for each service.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{specimen, tables};

/// Where the vectors are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The names of the files that are there.
pub(crate) fn there(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|extension| extension == "jsonl") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The files that should be there: name and text.
pub(crate) fn files() -> BTreeMap<String, String> {
    let tables = tables::value_tables().into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for message in tables::messages() {
        let name = format!("{}.jsonl", message.service.to_lowercase().replace(' ', "_"));
        let text = files.entry(name).or_default();
        for version in specimen::versions(&message) {
            let specimen = specimen::of(&message, version, &tables);
            let _ = writeln!(
                text,
                "{{\"name\":\"{}\",\"version\":{version},\"type\":{},\"bytes\":{},\"fields\":[{}]}}",
                message.name,
                message.number,
                specimen::hex(&specimen.bytes),
                specimen.fields,
            );
        }
    }
    files
}
