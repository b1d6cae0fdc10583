use std::{env, fs, path::Path, process};

use kontobro::ambient::Ambient;
use standins::wire::Wire;

use crate::{
    bring_in::{BroughtIn, bring_in},
    export::Export,
    world::{Options, World, ports::Ports, project_file},
};

async fn world(folder: &Path) -> World {
    let options = Options {
        ports: Ports::AnyFree,
        folder: Some(folder.to_owned()),
        ambient: Ambient::system(),
        wire: Wire::new(),
        more: vec![],
        issuer: None,
    };
    World::start(options, |_| {}).await.expect("the world starts")
}

#[tokio::test]
async fn what_was_imported_outlives_a_restart_and_is_not_imported_again() {
    let folder = env::temp_dir().join(format!("kontobro-import-{}", process::id()));
    fs::create_dir(&folder).expect("a folder of its own");
    let export = Export::read(&project_file("events/accounts.csv")).expect("an export");
    for (new, there) in [(44, 0), (0, 44)] {
        let world = world(&folder).await;
        let imported = bring_in(&world.store(), &export.accounts, || {}).await;
        let expected = BroughtIn { new, there, erased: 0 };
        assert_eq!(imported.expect("the store answers"), expected);
    }
    fs::remove_dir_all(folder).expect("nobody else uses it");
}
