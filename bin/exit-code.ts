/** What a script can tell from the exit code; documented in the README. */
export const ExitCode = {
  /** Ran; nothing at or above `--fail-on`. */
  healthy: 0,
  /** Ran; findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong option, configuration or output directory. */
  usage: 2,
  /** Nothing could be inspected, or it was stopped before its end and nothing was found by then. */
  nothingInspected: 3,
  /** The privacy guard found something that may not leave: nothing was written or sent. */
  blocked: 4,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
