//! `dateline completions` and `dateline man`: made from the same definitions as the help texts.

use std::io::Write;

use clap::Command;
use clap_complete::Shell;

use crate::command::Ending;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions fish > ~/.config/fish/completions/dateline.fish")]
pub(crate) struct Arguments {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the completions of a shell.
pub(crate) fn run(
    arguments: &Arguments,
    mut command: Command,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "dateline", &mut script);
    out.write_all(&script)?;
    Ok(Ending::Found)
}

/// Prints the manual page, the subcommands' after the main one's.
pub(crate) fn manual(command: &Command, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        let name = format!("dateline-{}", subcommand.get_name());
        clap_mangen::Man::new(subcommand.clone().name(name)).render(&mut page)?;
    }
    out.write_all(&page)?;
    Ok(Ending::Found)
}
