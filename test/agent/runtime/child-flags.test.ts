import { expect, it } from 'vitest';
import { childFlags } from '../../../agent/runtime/child-flags.ts';

it('gives a child the options of its parent, but neither what keeps the parent small nor what the parent evaluates', () => {
  expect(childFlags(['--max-old-space-size=96', '--no-opt', '--no-maglev'])).toEqual(['--max-old-space-size=96']);
  expect(childFlags(['--import', 'a.mjs', '-e', "import('b.ts')", '--no-warnings'])).toEqual(['--import', 'a.mjs', '--no-warnings']);
});
