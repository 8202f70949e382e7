//! Finds variables that somebody meant to set and misspelt: they would be ignored in silence.

use clap::CommandFactory;

use super::Cli;

const PREFIX: &str = "NAZE_";
/// From which likeness on (1 is the same) a name is taken for a slip of the pen.
const ALIKE: f64 = 0.8;

/// A variable that is none, and the one that was probably meant.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{found} is not a setting; did you mean {meant}?")]
pub struct Misspelt {
    /// What is set.
    pub found: String,
    /// What there is.
    pub meant: String,
}

/// The first of these names that nearly is a setting. Others that begin alike belong to somebody else and are left alone.
///
/// # Errors
/// When there is one.
pub fn check(names: impl IntoIterator<Item = String>) -> Result<(), Misspelt> {
    let known = settings();
    for found in names {
        let Some(ending) = found.strip_prefix(PREFIX) else { continue };
        if known.contains(&found) {
            continue;
        }
        let likeness = |name: &String| strsim::jaro(ending, name.trim_start_matches(PREFIX));
        let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        if let Some(meant) = nearest.filter(|name| likeness(name) >= ALIKE) {
            return Err(Misspelt { meant: meant.clone(), found });
        }
    }
    Ok(())
}

fn settings() -> Vec<String> {
    let command = Cli::command();
    let arguments = command.get_subcommands().flat_map(clap::Command::get_arguments);
    let mut names: Vec<String> =
        arguments.filter_map(clap::Arg::get_env).filter_map(|name| name.to_str()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_found() {
        for (found, meant) in [
            ("NAZE_LISTN", "NAZE_LISTEN"),
            ("NAZE_PUBLIC_ULR", "NAZE_PUBLIC_URL"),
            ("NAZE_ORGANIZER_KEY", "NAZE_ORGANISER_KEY"),
            ("NAZE_DATA_", "NAZE_DATA"),
        ] {
            let misspelt = check([found.to_owned()]).unwrap_err();
            assert_eq!((misspelt.found.as_str(), misspelt.meant.as_str()), (found, meant));
        }
    }

    #[test]
    fn what_is_set_rightly_or_is_somebody_elses_is_left_alone() {
        let names = settings();
        assert!(names.contains(&"NAZE_LISTEN".to_owned()) && names.contains(&"NAZE_DATA".to_owned()));
        assert_eq!(check(names), Ok(()));
        let others = ["NAZE_BIN", "NAZE_PAGE_DIR", "NAZE_SEED", "NAZE_SEEDS", "NAZE_KILLS", "PATH", "LISTEN", "NAZE_"];
        assert_eq!(check(others.map(str::to_owned)), Ok(()));
    }
}
