import type { Command } from 'commander';

const shells = ['bash', 'zsh'] as const;
type Shell = (typeof shells)[number];

export const isShell = (name: string | undefined): name is Shell =>
  shells.some((shell) => shell === name);

/** A script that completes commands and options, and files elsewhere; it never calls us. */
export function completionScript(program: Command, shell: Shell): string {
  const optionsOf = (command: Command) => program.createHelp().visibleOptions(command);
  const commands = program.createHelp().visibleCommands(program);
  const global = optionsOf(program).flatMap(({ long }) => long ?? []);
  const withValue = [program, ...commands]
    .flatMap(optionsOf)
    .flatMap(({ long, required }) => (required && long ? long : []));
  const names = commands.map((command) => command.name()).join(' ');
  const cases = commands.map((command) => {
    const own = optionsOf(command).flatMap(({ long }) => long ?? []);
    const words = { help: names, completion: shells.join(' ') }[command.name()] ?? '';
    return `    ${command.name()}) options="${[...new Set([...own, ...global])].join(' ')}" words="${words}" ;;`;
  });
  const script = `_ptgbot() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="" options="${global.join(' ')}" words="${names}" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${[...new Set(withValue)].join('|')}) ((i++)) ;;
      -*) ;;
      *) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$before" in
    ${[...new Set(withValue)].join('|')}) return ;;
  esac
  case "$command" in
${cases.join('\n')}
    ?*) words="" ;;
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}
complete -o default -F _ptgbot ptgbot`;
  return shell === 'bash' ? script : `autoload -Uz bashcompinit && bashcompinit\n${script}`;
}
