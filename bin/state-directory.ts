import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** `--state-dir`, `$XUNJIAN_STATE_DIR`, `$XDG_STATE_HOME/xunjian`, else `~/.local/state/xunjian` (XDG Base Directory). */
export function stateDirectory(option: string | undefined, environment: Readonly<Record<string, string | undefined>>): string {
  return resolve(option ?? environment['XUNJIAN_STATE_DIR'] ?? join(environment['XDG_STATE_HOME'] || join(homedir(), '.local/state'), 'xunjian'));
}
