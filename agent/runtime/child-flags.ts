/** The image starts the agent that stays without these: what it leaves to its children, which work and end, is compiled as usual. */
const COMPILERS_OFF: ReadonlySet<string> = new Set(['--no-opt', '--no-sparkplug', '--no-maglev']);

/** Options of this Node process for a child of its own. @param flags as `process.execArgv` */
export function childFlags(flags: readonly string[]): string[] {
  return flags.filter((flag) => !COMPILERS_OFF.has(flag));
}
