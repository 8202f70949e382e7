//! How much of a tree is in a window, and what changes when one looks elsewhere: numbers alone.

/// Room around the tree, in pixels of the screen.
pub const PAD: f64 = 24.0;

/// A rectangle.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Area {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

impl Area {
    /// The middle.
    pub fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The smallest rectangle around both.
    pub fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// Where the corner of the tree is in its window, and how large the tree is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct View {
    pub x: f64,
    pub y: f64,
    pub scale: f64,
}

impl Default for View {
    fn default() -> Self {
        Self { x: PAD, y: PAD, scale: 1.0 }
    }
}

impl View {
    /// Where something of the tree is in the window.
    pub fn place(self, area: Area) -> Area {
        let scale = self.scale;
        Area {
            x: self.x + area.x * scale,
            y: self.y + area.y * scale,
            width: area.width * scale,
            height: area.height * scale,
        }
    }

    /// What of the tree is at a place of the window.
    pub fn back(self, (x, y): (f64, f64)) -> (f64, f64) {
        ((x - self.x) / self.scale, (y - self.y) / self.scale)
    }

    pub fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// The same view, or the nearest one in which some of a tree of this size is in the window.
    pub fn kept(self, extent: (i32, i32), (width, height): (f64, f64)) -> Self {
        let kept =
            |at: f64, size: i32, room: f64| at.min(room - 4.0 * PAD).max(4.0 * PAD - f64::from(size) * self.scale);
        Self { x: kept(self.x, extent.0, width), y: kept(self.y, extent.1, height), ..self }
    }

    /// The view in which this is at that place of the window.
    pub fn with_at(self, area: Area, x: f64, y: f64) -> Self {
        let now = self.place(area);
        self.moved(x - now.x, y - now.y)
    }

    /// The view with this in the middle; of what is too large for the window, its beginning, as high as `anchor` is.
    pub fn centred(self, area: Area, anchor: Area, (width, height): (f64, f64)) -> Self {
        let now = self.place(area);
        let x = if now.width <= width - PAD { (width - now.width) / 2.0 } else { PAD };
        let there = self.with_at(area, x.min(PAD.max(width / 10.0)), (height - now.height) / 2.0);
        if now.height <= height { there } else { there.moved(0.0, height / 2.0 - there.place(anchor).middle().1) }
    }

    /// The view nearest to this one that shows something whole, or its beginning.
    pub fn showing(self, area: Area, (width, height): (f64, f64)) -> Self {
        let now = self.place(area);
        self.moved(nearest(now.x, now.width, width), nearest(now.y, now.height, height))
    }

    /// How far the window is scrolled for this view, and how much room there is before the tree: the one or the other.
    pub fn scroll(self) -> [(f64, f64); 2] {
        [self.x, self.y].map(|edge| {
            let scroll = (PAD - edge).ceil().max(0.0);
            (scroll, scroll + edge - PAD)
        })
    }
}

/// By how much something moves to be inside.
fn nearest(from: f64, size: f64, room: f64) -> f64 {
    let free = room - PAD - (from + size);
    if from < PAD { PAD - from } else { free.min(0.0).max(PAD - from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: (f64, f64) = (800.0, 600.0);

    fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
        Area { x, y, width, height }
    }

    #[test]
    fn what_is_in_sight_does_not_move() {
        let view = View::default();
        assert_eq!(view.showing(area(100.0, 100.0, 200.0, 100.0), WINDOW), view);
    }

    #[test]
    fn what_is_outside_comes_in_by_as_little_as_needed() {
        let view = View::default().showing(area(900.0, 0.0, 288.0, 100.0), WINDOW);
        assert_eq!(view.place(area(900.0, 0.0, 288.0, 100.0)).x, WINDOW.0 - PAD - 288.0);
        let back = view.showing(area(0.0, 0.0, 288.0, 100.0), WINDOW);
        assert_eq!((back.x, back.y), (PAD, PAD));
    }

    #[test]
    fn of_what_is_too_large_the_beginning_is_shown() {
        let view = View::default().moved(-50.0, 0.0).showing(area(0.0, 0.0, 2_000.0, 100.0), WINDOW);
        assert_eq!(view.x, PAD);
        assert_eq!(view.showing(area(0.0, 0.0, 2_000.0, 100.0), WINDOW), view);
    }

    #[test]
    fn nobody_pushes_the_tree_out_of_its_window() {
        let far = View::default().moved(5_000.0, -5_000.0).kept((1_000, 500), WINDOW);
        assert_eq!((far.x, far.y), (800.0 - 96.0, 96.0 - 500.0));
        assert_eq!(View::default().kept((1_000, 500), WINDOW), View::default());
    }

    #[test]
    fn a_card_that_is_kept_still_is_where_it_was_at_any_size() {
        let before = View { x: -120.0, y: 40.0, scale: 1.0 };
        let (was, is) = (area(300.0, 200.0, 10.0, 10.0), area(300.0, 331.0, 10.0, 10.0));
        let at = before.place(was);
        let after = View { scale: 0.8, ..before }.with_at(is, at.x, at.y);
        let now = after.place(is);
        assert!((now.x - at.x).abs() < 1e-9 && (now.y - at.y).abs() < 1e-9);
    }

    #[test]
    fn room_before_the_tree_is_given_only_where_scrolling_cannot_help() {
        assert_eq!(View { x: PAD, y: -100.5, scale: 1.0 }.scroll(), [(0.0, 0.0), (125.0, 0.5)]);
        assert_eq!(View { x: PAD, y: 300.0, scale: 1.0 }.scroll()[1], (0.0, 276.0));
    }

    #[test]
    fn a_small_tree_is_in_the_middle_of_the_height_and_near_the_left_edge() {
        let all = area(0.0, 0.0, 304.0, 100.0);
        let view = View::default().centred(all, all, WINDOW);
        assert_eq!((view.x, view.y), (80.0, 250.0));
        let tall = area(0.0, 0.0, 304.0, 2_000.0);
        let view = View::default().centred(tall, area(0.0, 900.0, 304.0, 100.0), WINDOW);
        assert_eq!(view.y, 300.0 - 950.0);
    }
}
