import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { childFlags } from '../../../agent/runtime/child-flags.ts';

it('leaves to children the memory limit that the image sets, and the compilers that it takes from the process which stays', () => {
  const dockerfile = readFileSync(join(import.meta.dirname, '../../../Dockerfile'), 'utf8');
  const entrypoint = JSON.parse(/^ENTRYPOINT (\[.*--no-opt.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
  const flags = entrypoint.filter((word) => word.startsWith('--'));
  expect(flags).toContain('--no-opt');
  expect(childFlags(flags)).toEqual(flags.filter((flag) => flag.startsWith('--max-old-space-size')));
});
