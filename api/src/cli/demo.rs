//! `rodtrad demo`.

use clap::Args;

use crate::{
    app::App,
    demo::{self, Size},
    error::{Error, Result},
};

/// Loads the demo, or made-up data.
#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Made-up data instead: units x indicators x years, such as 50x200x3. The same size gives the same data.
    #[arg(long, value_parser = Size::parse)]
    size: Option<Size>,
}

impl Demo {
    pub(super) async fn run(&self, app: &App) -> Result<()> {
        let now = (app.clock())();
        if let Some(size) = self.size {
            demo::generate(app.db(), now, size).await?;
            println!(
                "Made {} units, {} indicators and {} years.",
                size.units, size.indicators, size.years
            );
            return Ok(());
        }
        if !demo::is_empty(app.db()).await? {
            return Err(Error::BadInput(
                "The demo is loaded into an empty database only.".to_owned(),
            ));
        }
        demo::load(app.db(), now).await?;
        println!("Loaded the demo: Region Halland, Regionservice 2024.");
        Ok(())
    }
}
