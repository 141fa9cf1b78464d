import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { childFlags } from '../../../agent/runtime/child-flags.ts';

it('leaves to children the compilers that the image takes from the process which stays', () => {
  const dockerfile = readFileSync(join(import.meta.dirname, '../../../Dockerfile'), 'utf8');
  const entrypoint = JSON.parse(/^ENTRYPOINT (\[.*--no-opt.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
  const flags = entrypoint.filter((word) => word.startsWith('--'));
  expect(flags).toContain('--no-opt');
  expect(childFlags([...flags, '--max-old-space-size=192'])).toEqual(['--max-old-space-size=192']);
});
