//! Our vectors beside those of the package's own engine, where the model is at hand; everything
//! else with a small file made here.

mod golden;
mod small;
mod wrong;
