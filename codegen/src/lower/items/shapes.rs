use super::{Group, Products, Side};

/// The shared shapes of one product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedShapes {
    /// The enumerations, and the objects that are the same on both sides.
    pub both: Vec<ShapeFile>,
    /// What requests use.
    pub request: Vec<ShapeFile>,
    /// What replies use.
    pub reply: Vec<ShapeFile>,
}

impl SharedShapes {
    /// All the files.
    pub fn files(&self) -> impl Iterator<Item = &ShapeFile> {
        self.both.iter().chain(&self.request).chain(&self.reply)
    }

    /// The files of one side.
    pub fn side(&self, side: Side) -> &[ShapeFile] {
        match side {
            Side::Request => &self.request,
            Side::Reply => &self.reply,
        }
    }

    /// The products that use some of them.
    pub fn products(&self) -> Products {
        products_of(self.files())
    }

    /// The products that use some of one side's.
    pub fn side_products(&self, side: Side) -> Products {
        products_of(self.side(side).iter())
    }
}

fn products_of<'a>(files: impl Iterator<Item = &'a ShapeFile>) -> Products {
    files
        .flat_map(|file| file.products.iter().cloned())
        .collect()
}

/// One shape on one side, or on both: one file.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeFile {
    /// The file of the description.
    pub source: String,
    /// The module: `fee`.
    pub module: String,
    /// The name of the type: `Fee`.
    pub name: String,
    /// The products whose operations use it there.
    pub products: Products,
    /// The types: the shape's first.
    pub group: Group,
}
