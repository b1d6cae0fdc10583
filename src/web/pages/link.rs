//! P6: the mailed link, where it needs one press more.

use lambda_http::http::StatusCode;
use maud::html;

use crate::{
    domain::Wish,
    web::{
        Answer, Scene,
        html::{Button, actions},
        scene::Page,
    },
};

/// One button: «Bekreft brukerkonto».
pub fn confirm(scene: &Scene<'_>, wish: Wish, token: &str) -> Answer {
    let texts = &scene.texts.link;
    let passage = match wish {
        Wish::Link => &texts.confirm,
        Wish::Create => &texts.confirm_new,
    };
    let body = html! {
        (scene.passage(passage, &[]))
        (scene.form("/b", &[("t", token)], actions(Button::new(texts.confirm_button))))
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: Some(4), has_errors: false, body },
    )
}
