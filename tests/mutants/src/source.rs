//! One source file, with the places in it that something can be changed at.

use std::{collections::HashMap, ops::Range};

use proc_macro2::{LineColumn, Span};
use syn::{
    Expr, Pat, Stmt,
    spanned::Spanned,
    visit::{self, Visit},
};

/// A place in the text, in bytes.
pub type Place = Range<usize>;

/// What the text has, by where it begins.
#[derive(Default)]
pub struct Source {
    pub text: String,
    /// Of an operator, or of a field of a struct expression: the whole expression.
    pub around: HashMap<usize, Place>,
    /// Of a match arm that another would stand in for: its pattern, and its guard.
    pub arms: HashMap<usize, (Place, Option<Place>)>,
    /// Guards of match arms.
    pub guards: HashMap<usize, Place>,
    /// Conditions of `if`, none of which binds anything.
    pub ifs: Vec<Place>,
    /// Statements that only do something.
    pub statements: Vec<Place>,
    /// What is given to `condition_expression`.
    pub conditions: Vec<Place>,
    /// Where nothing can be asked while it runs, as it runs while it is compiled.
    pub constant: Vec<Place>,
    /// Texts that have a name, such as `AS_IT_WAS_READ`.
    pub named: HashMap<String, String>,
    /// Functions by where they stand.
    pub functions: Vec<(Place, String)>,
    lines: Vec<usize>,
}

impl Source {
    /// Reads a file.
    pub fn parse(text: String) -> syn::Result<Self> {
        let file = syn::parse_file(&text)?;
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = [0].into_iter().chain(starts).collect();
        let mut source = Self { text, lines, ..Self::default() };
        source.visit_file(&file);
        Ok(source)
    }

    /// Where a line (from 1) and a column (from 0, in characters) stand.
    pub fn at(&self, line: usize, column: usize) -> usize {
        let start = self.lines[line - 1];
        self.text[start..].char_indices().nth(column).map_or(self.text.len(), |(at, _)| start + at)
    }

    /// Line and column of a place, both from 1.
    pub fn point(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at);
        (line, at - self.lines[line - 1] + 1)
    }

    /// The innermost function around a place.
    pub fn function(&self, at: usize) -> &str {
        let around = self.functions.iter().filter(|(place, _)| place.contains(&at));
        around.min_by_key(|(place, _)| place.len()).map_or("", |(_, name)| name)
    }

    /// Does this run while it is compiled?
    pub fn is_constant(&self, at: usize) -> bool {
        self.constant.iter().any(|place| place.contains(&at))
    }

    fn place(&self, span: Span) -> Place {
        let at = |point: LineColumn| self.at(point.line, point.column);
        at(span.start())..at(span.end())
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => {
            list.path.is_ident("cfg") && list.tokens.to_string().contains("test")
        }
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::NameValue(_) => false,
    })
}

fn binds(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(both) => binds(&both.left) || binds(&both.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Source {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.constant.push(self.place(item.span()));
        if let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &*item.expr {
            self.named.insert(item.ident.to_string(), text.value());
        }
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.constant.push(self.place(item.span()));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.constant.push(self.place(item.span()));
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if is_for_tests(&item.attrs) {
            return;
        }
        self.function_is(&item.sig, item.span());
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function_is(&item.sig, item.span());
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_expr_binary(&mut self, both: &'ast syn::ExprBinary) {
        if !binds(&both.left) && !binds(&both.right) {
            let (key, place) = (self.place(both.op.span()).start, self.place(both.span()));
            self.around.insert(key, place);
        }
        visit::visit_expr_binary(self, both);
    }

    fn visit_expr_unary(&mut self, one: &'ast syn::ExprUnary) {
        let place = self.place(one.span());
        self.around.insert(place.start, place);
        visit::visit_expr_unary(self, one);
    }

    fn visit_expr_struct(&mut self, whole: &'ast syn::ExprStruct) {
        for field in &whole.fields {
            let (key, place) = (self.place(field.span()).start, self.place(whole.span()));
            self.around.insert(key, place);
        }
        visit::visit_expr_struct(self, whole);
    }

    fn visit_expr_match(&mut self, choice: &'ast syn::ExprMatch) {
        let takes_all = |arm: &syn::Arm| matches!(arm.pat, Pat::Wild(_)) && arm.guard.is_none();
        for arm in &choice.arms {
            let guard = arm.guard.as_ref().map(|(_, guard)| self.place(guard.span()));
            if let Some(guard) = &guard {
                self.guards.insert(guard.start, guard.clone());
            }
            if choice.arms.iter().any(takes_all) {
                let pattern = self.place(arm.pat.span());
                self.arms.insert(self.place(arm.span()).start, (pattern, guard));
            }
        }
        visit::visit_expr_match(self, choice);
    }

    fn visit_expr_if(&mut self, choice: &'ast syn::ExprIf) {
        if !binds(&choice.cond) {
            self.ifs.push(self.place(choice.cond.span()));
        }
        visit::visit_expr_if(self, choice);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(
            Expr::Call(_) | Expr::MethodCall(_) | Expr::Try(_) | Expr::Await(_),
            Some(_),
        ) = statement
        {
            self.statements.push(self.place(statement.span()));
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "condition_expression" {
            let places: Vec<_> = call.args.iter().map(|given| self.place(given.span())).collect();
            self.conditions.extend(places);
        }
        visit::visit_expr_method_call(self, call);
    }
}

impl Source {
    fn function_is(&mut self, signature: &syn::Signature, span: Span) {
        let place = self.place(span);
        if signature.constness.is_some() {
            self.constant.push(place.clone());
        }
        self.functions.push((place, signature.ident.to_string()));
    }
}
