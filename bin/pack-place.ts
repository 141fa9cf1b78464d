/** Where a pack is applied: an agent's state folder, or a collector's database on this machine. */
import { resolve } from 'node:path';
import { UsageError } from './terminal/arguments.ts';

export const PACK_PLACE = {
  'state-dir': { type: 'string' },
  database: { type: 'string' },
  'data-dir': { type: 'string' },
  config: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const;

/** The state folder, or `undefined` for a collector. @throws UsageError when both were named */
export function packPlace(
  values: { readonly 'state-dir'?: string | undefined; readonly database?: string | undefined; readonly 'data-dir'?: string | undefined; readonly config?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const isCollector = [values.database, values['data-dir'], values.config].some((one) => one !== undefined);
  const folder = values['state-dir'] ?? (isCollector ? undefined : environment['XUNJIAN_STATE_DIR']);
  if (folder !== undefined && isCollector) throw new UsageError({ zh: '--state-dir 与收集端的选项不能同时给出', en: '--state-dir goes with none of the options of a collector' });
  return folder === undefined ? undefined : resolve(folder);
}
