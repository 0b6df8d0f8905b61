//! The frame pages stand in, and the small parts that stand on many of them.

mod due;
mod frame;
mod parts;

pub(crate) use due::{aim, due_tag};
pub(crate) use frame::{Frame, Place, alone, frame, frame_parts, paper, part, public};
pub(crate) use parts::{
    Tone, avatar, empty, hidden_then, icon, nobody, notice, state_tag, tag_chip,
};
