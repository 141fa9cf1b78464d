import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKernels, newestKernel } from '../../../../agent/gatherers/host/system/kernels.ts';

describe('comparing kernels', () => {
  it.each([
    ['5.10.0-136.12.0.86.oe2203sp1.x86_64', '5.10.0-60.18.0.50.oe2203.x86_64'],
    ['6.1.0-18-amd64', '6.1.0-9-amd64'],
    ['4.18.0-477.10.1.el8_8.x86_64', '4.18.0-477.el8.x86_64'],
    ['3.10.0-1160.el7.x86_64', '3.10.0-957.el7.x86_64'],
    ['5.15.0-100-generic', '5.15.0-91-generic'],
    ['6.10.0', '6.9.12'],
    ['6.6.0', '6.6.0~rc1'],
  ])('%s is newer than %s', (newer, older) => {
    expect(compareKernels(newer, older)).toBe(1);
    expect(compareKernels(older, newer)).toBe(-1);
    expect(compareKernels(newer, newer)).toBe(0);
  });
  it('is an order: antisymmetric and transitive', () => {
    const release = fc.stringMatching(/^[0-9]{1,3}(\.[0-9a-z~]{1,4}){0,4}$/);
    fc.assert(fc.property(release, release, (a, b) => compareKernels(a, b) + compareKernels(b, a) === 0));
    fc.assert(
      fc.property(release, release, release, (a, b, c) => {
        const sorted = [a, b, c].sort(compareKernels);
        return compareKernels(sorted[0] ?? '', sorted[2] ?? '') <= 0;
      }),
    );
  });
});

describe('the newest installed kernel', () => {
  it('takes images of the running flavour, no rescue image', () => {
    const boot = [
      'vmlinuz-0-rescue-1a2b3c',
      'vmlinuz-5.10.0-60.18.0.50.oe2203.x86_64',
      'vmlinuz-5.10.0-216.0.0.115.oe2203sp4.x86_64',
      'vmlinuz-6.6.0-1.rt1.oe2203.x86_64',
      'grub2',
      'initramfs-9.9.9.img',
    ];
    expect(newestKernel('5.10.0-60.18.0.50.oe2203.x86_64', boot, [])).toBe('5.10.0-216.0.0.115.oe2203sp4.x86_64');
    expect(newestKernel('6.6.0-1.rt1.oe2203.x86_64', boot, [])).toBe('6.6.0-1.rt1.oe2203.x86_64');
  });
  it('falls back on module trees where /boot shows nothing', () => {
    expect(newestKernel('6.1.0-9-amd64', [], ['6.1.0-9-amd64', '6.1.0-18-amd64', 'kabi-current'])).toBe('6.1.0-18-amd64');
    expect(newestKernel('6.1.0-9-amd64', ['vmlinuz-6.1.0-9-amd64'], ['6.1.0-18-amd64'])).toBe('6.1.0-9-amd64');
  });
  it('does not know without any', () => {
    expect(newestKernel('6.18.44-fc-v595', ['vmlinuz', '..', ''], [])).toBeUndefined();
  });
});
