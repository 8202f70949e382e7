//! Arrow keys between tiles, as they stand on the screen.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::reactive::*;

/// What one presses to open a tile.
pub const TILE: &str = "tile-open";

/// The tile to go to from `at`, of `count` tiles in rows of `row`.
fn target(key: &str, at: usize, count: usize, row: usize) -> Option<usize> {
    let to = match key {
        "ArrowRight" => at.checked_add(1)?,
        "ArrowLeft" => at.checked_sub(1)?,
        "ArrowDown" => at.checked_add(row)?,
        "ArrowUp" => at.checked_sub(row)?,
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        _ => return None,
    };
    (to < count).then_some(to)
}

fn tiles() -> Vec<HtmlElement> {
    let Ok(list) = document().query_selector_all(&format!(".{TILE}")) else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

/// How many stand in the first row.
fn row(tiles: &[HtmlElement]) -> usize {
    let top = |tile: &HtmlElement| tile.get_bounding_client_rect().top();
    let first = tiles.first().map(top).unwrap_or_default();
    tiles.iter().filter(|tile| (top(tile) - first).abs() < 1.0).count().max(1)
}

/// Goes to the next tile in the direction of an arrow.
pub fn step(event: &KeyboardEvent) {
    let tiles = tiles();
    let Some(focused) = document().active_element() else { return };
    let Some(at) = tiles.iter().position(|tile| tile.is_same_node(Some(&focused))) else { return };
    let Some(to) = target(&event.key(), at, tiles.len(), row(&tiles)).and_then(|to| tiles.get(to)) else { return };
    event.prevent_default();
    // A tile that is there takes the focus.
    let _ = to.focus();
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn arrows_go_where_they_point_and_stop_at_the_edge() {
        assert_eq!(target("ArrowDown", 1, 7, 4), Some(5));
        assert_eq!(target("ArrowDown", 3, 7, 4), None);
        assert_eq!(target("ArrowUp", 5, 7, 4), Some(1));
        assert_eq!(target("ArrowLeft", 0, 7, 4), None);
        assert_eq!(target("End", 0, 7, 4), Some(6));
        assert_eq!(target("x", 0, 7, 4), None);
    }
}
