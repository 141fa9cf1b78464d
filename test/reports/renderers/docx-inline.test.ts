import { expect, it } from 'vitest';
import { breakable } from '../../../reports/renderers/docx/inline.ts';

/** With a bar where the text may be parted. */
function parted(text: string, room: number): string {
  return breakable(text, room).replaceAll('\u200b', '|');
}

it('lets a path that is wider than its column give way between its parts, never within one', () => {
  expect(parted('demo-prod-worker-2:/var/lib/containerd', 17)).toBe('demo-prod-worker-2:|/|var/|lib/|containerd');
  expect(parted('挂载点 demo-prod-worker-2:/var/lib/containerd', 17)).toBe('挂载点 demo-prod-worker-2:|/|var/|lib/|containerd');
});
it('leaves alone what fits, and names that programs part at their hyphens', () => {
  expect(parted('demo-prod-worker-2:/var/lib/containerd', 30)).toBe('demo-prod-worker-2:/var/lib/containerd');
  expect(parted('apiserver-kubelet-client-certificate', 10)).toBe('apiserver-kubelet-client-certificate');
});
it('parts a run of letters that has no parts of its own', () => {
  expect(parted('x'.repeat(30), 8)).toBe('xxxxxxxx|xxxxxxxx|xxxxxxxx|xxxxxx');
});
