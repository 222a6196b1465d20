//! Imports facts into a directory, for a look at the result: `import_facts FACTS DIRECTORY [--overwrite] [--only PATH] [--under PATH] …`.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use wechatpay_codegen::import::{ImportOptions, import};
use wechatpay_codegen::model::Api;
use wechatpay_codegen::read_dir;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [facts, directory, rest @ ..] = arguments.as_slice() else {
        return Err(
            "usage: import_facts FACTS DIRECTORY [--overwrite] [--only PATH] [--under PATH] …"
                .into(),
        );
    };
    let mut options = ImportOptions::default();
    let (flags, pairs): (Vec<String>, Vec<String>) =
        rest.iter().cloned().partition(|word| word == "--overwrite");
    options.overwrite = !flags.is_empty();
    for pair in pairs.chunks(2) {
        match pair {
            [flag, path] if flag == "--only" => options.only.push(path.clone()),
            [flag, path] if flag == "--under" => options.under.push(path.clone()),
            other => return Err(format!("{other:?} is no option with a path").into()),
        }
    }
    let directory = Path::new(directory);
    let existing = if directory.exists() {
        read_dir(directory).map_err(|report| report.to_string())?
    } else {
        Api::default()
    };
    let facts = BufReader::new(File::open(facts)?);
    let imported = import(facts, &existing, &options)?;
    for (place, text) in &imported.files {
        println!("writes {place}");
        let file = directory.join(place);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, text)?;
    }
    print!("{}", imported.report);
    Ok(())
}
