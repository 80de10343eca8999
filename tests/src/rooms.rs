//! Structure of the house: the compiler accepts a circle of modules, so a test has to find it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

use crate::readme::root;

type Module = Vec<String>;

/// Paths that one file names, from the root of its crate.
struct Named<'a> {
    at: &'a Module,
    paths: Vec<Module>,
}

impl Named<'_> {
    fn add(&mut self, path: &[String]) {
        let ups = path.iter().take_while(|name| *name == "super").count();
        let within = match path.first().map(String::as_str) {
            Some("crate") => Some(path[1..].to_vec()),
            Some("self") => Some([self.at, &path[1..]].concat()),
            Some("super") => self.at.len().checked_sub(ups).map(|kept| [&self.at[..kept], &path[ups..]].concat()),
            _ => None,
        };
        self.paths.extend(within);
    }

    fn walk(&mut self, before: &mut Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.walk(before, &path.tree);
                before.pop();
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.walk(before, tree)),
            syn::UseTree::Name(name) => self.add(&[&before[..], &[name.ident.to_string()]].concat()),
            syn::UseTree::Rename(name) => self.add(&[&before[..], &[name.ident.to_string()]].concat()),
            syn::UseTree::Glob(_) => self.add(before),
        }
    }
}

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let tests = module.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !tests {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.walk(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add(&names);
        syn::visit::visit_path(self, path);
    }
}

/// Returns every module of a crate except those of tests, with the paths that it names.
fn modules(source: &Path) -> BTreeMap<Module, Vec<Module>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if name == "tests" || name == "bin" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let mut at: Module =
                    folder.strip_prefix(source).unwrap().iter().map(|part| part.to_str().unwrap().to_owned()).collect();
                if !["mod", "lib", "main"].contains(&name) {
                    at.push(name.to_owned());
                }
                let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
                let mut named = Named { at: &at, paths: Vec::new() };
                named.visit_file(&file);
                let paths = named.paths;
                found.entry(at).or_insert_with(Vec::new).extend(paths);
            }
        }
    }
    found
}

/// Returns the rooms that lie beside each other and lead to one another in a circle, each as one of its paths.
fn circles(modules: &BTreeMap<Module, Vec<Module>>) -> Vec<String> {
    let mut doors: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (from, paths) in modules {
        for path in paths {
            let to = (0..=path.len()).rev().map(|length| &path[..length]).find(|to| modules.contains_key(*to));
            let Some(to) = to else { continue };
            let shared = from.iter().zip(to).take_while(|(one, other)| one == other).count();
            if from.len() > shared && to.len() > shared {
                doors.entry(from[..=shared].to_vec()).or_default().insert(to[..=shared].to_vec());
            }
        }
    }
    doors.keys().filter_map(|room| back(room, &doors)).collect()
}

/// Returns a way from a room back into it.
fn back(room: &Module, doors: &BTreeMap<Module, BTreeSet<Module>>) -> Option<String> {
    let mut ways = vec![vec![room]];
    let mut been = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in doors.get(*way.last()?).into_iter().flatten() {
            if next == room {
                let names: Vec<_> = way.iter().map(|room| room.join("::")).collect();
                return Some(format!("{} → {}", names.join(" → "), room.join("::")));
            }
            if been.insert(next) {
                ways.push([&way[..], &[next]].concat());
            }
        }
    }
    None
}

fn crates() -> Vec<PathBuf> {
    let folders = ["shared", "functions", "infra"].map(|floor| root().join(floor));
    let inside = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    folders.into_iter().flat_map(inside).filter(|path| path.join("Cargo.toml").exists()).collect()
}

#[test]
fn no_rooms_of_a_crate_lead_to_one_another() {
    let mut circles_found = Vec::new();
    let mut rooms = 0;
    for path in crates() {
        let modules = modules(&path.join("src"));
        rooms += modules.len();
        circles_found.extend(circles(&modules).into_iter().map(|way| format!("{}: {way}", path.display())));
    }
    assert!(rooms > 300, "{rooms}");
    assert!(circles_found.is_empty(), "{circles_found:#?}");
}

#[test]
fn a_circle_is_found_where_there_is_one() {
    let module = |path: &str| path.split("::").map(str::to_owned).collect::<Module>();
    let house = |ways: &[(&str, &str)]| {
        let mut house: BTreeMap<Module, Vec<Module>> = BTreeMap::new();
        for (from, to) in ways {
            house.entry(module(to)).or_default();
            house.entry(module(from)).or_default().push(module(to));
        }
        circles(&house)
    };
    assert_eq!(house(&[("a", "b"), ("b", "c"), ("a", "c"), ("a::x", "a")]), Vec::<String>::new());
    assert_eq!(house(&[("a::x", "b"), ("b", "c::y"), ("c", "a")]).len(), 3);
    assert_eq!(house(&[("a::x", "a::y"), ("a::y", "a::x")]).len(), 2);
    let mut named = Named { at: &module("a::b"), paths: Vec::new() };
    let text = "use super::{c, d::E}; use std::fmt; fn f() -> crate::g::H { super::super::i::j() } #[cfg(test)] mod tests { use crate::k; }";
    named.visit_file(&syn::parse_file(text).unwrap());
    let expected = ["a::c", "a::d::E", "g::H", "i::j"].map(module);
    assert_eq!(named.paths, expected);
}

/// A function that compiles another one starts with the weight of the other, and changes when the other does.
#[test]
fn no_function_compiles_another() {
    let functions: Vec<_> = crates().into_iter().filter(|path| path.parent().unwrap().ends_with("functions")).collect();
    let names: Vec<_> = functions.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names.len() >= 7, "{names:?}");
    for path in &functions {
        let manifest = fs::read_to_string(path.join("Cargo.toml")).unwrap();
        for name in &names {
            assert!(!manifest.lines().any(|line| line.starts_with(&format!("{name}."))), "{}: {name}", path.display());
        }
    }
}
