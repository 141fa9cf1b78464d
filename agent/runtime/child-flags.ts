/** The image starts the agent that stays without these: what it leaves to its children, which work and end, is compiled as usual. */
const COMPILERS_OFF: ReadonlySet<string> = new Set(['--no-opt', '--no-sparkplug', '--no-maglev']);

/** What a process that was started with `node -e …` runs: a child would run it too instead of its own file, and its children again. */
const EVALUATES: ReadonlySet<string> = new Set(['-e', '-p', '-pe', '--eval', '--print']);

/** Options of this Node process for a child of its own. @param flags as `process.execArgv` */
export function childFlags(flags: readonly string[]): string[] {
  return flags.filter((flag, index) => !COMPILERS_OFF.has(flag) && !EVALUATES.has(flag) && !EVALUATES.has(flags[index - 1] ?? ''));
}
