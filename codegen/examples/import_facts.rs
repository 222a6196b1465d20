//! Imports facts into a directory, for a look at the result: `import_facts FACTS DIRECTORY [--only PATH] [--under PATH] …`.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use wechatpay_codegen::import::{ImportOptions, import};
use wechatpay_codegen::model::Api;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [facts, directory, rest @ ..] = arguments.as_slice() else {
        return Err("usage: import_facts FACTS DIRECTORY [--only PATH] [--under PATH] …".into());
    };
    let mut options = ImportOptions::default();
    for pair in rest.chunks(2) {
        match pair {
            [flag, path] if flag == "--only" => options.only.push(path.clone()),
            [flag, path] if flag == "--under" => options.under.push(path.clone()),
            other => return Err(format!("{other:?} is no option with a path").into()),
        }
    }
    let imported = import(
        BufReader::new(File::open(facts)?),
        &Api::default(),
        &options,
    )?;
    for (place, text) in &imported.files {
        let file = Path::new(directory).join(place);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, text)?;
    }
    print!("{}", imported.report);
    Ok(())
}
