import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SecretBox, secretBoxOf } from '../../../collector/notify/secret-box.ts';

const folder = mkdtempSync('/tmp/xunjian-box-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

describe('the secret box', () => {
  it('opens what it sealed, for the same row only', () => {
    const box = new SecretBox([key(1)]);
    const sealed = box.seal({ token: '秘密' }, 'row-1');
    expect(box.open(sealed, 'row-1')).toEqual({ token: '秘密' });
    expect(() => box.open(sealed, 'row-2')).toThrow('was changed');
    expect(Buffer.from(box.seal({ token: '秘密' }, 'row-1')).equals(Buffer.from(sealed))).toBe(false);
  });
  it('notices every changed byte', () => {
    const box = new SecretBox([key(1)]);
    const sealed = box.seal({ token: 'x' }, 'row');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => box.open(changed, 'row'), String(at)).toThrow(/secret/);
    }
    expect(() => box.open(new Uint8Array(3), 'row')).toThrow('known format');
  });
  it('opens with an old key, seals with the new one', () => {
    const sealed = new SecretBox([key(1)]).seal('x', 'row');
    const both = new SecretBox([key(2), key(1)]);
    expect(both.open(sealed, 'row')).toBe('x');
    expect(() => new SecretBox([key(2)]).open(sealed, 'row')).toThrow('another key');
    expect(new SecretBox([key(2)]).open(both.seal('y', 'row'), 'row')).toBe('y');
  });
  it('keeps its key in a file that only its owner may read, and refuses one that others may', async () => {
    const path = join(folder, 'state', 'secrets.key');
    const sealed = (await secretBoxOf(path)).seal('x', 'row');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await secretBoxOf(path)).open(sealed, 'row')).toBe('x');
    writeFileSync(path, `${'ab'.repeat(32)}\n${readFileSync(path, 'utf8')}`);
    expect((await secretBoxOf(path)).open(sealed, 'row')).toBe('x');
    chmodSync(path, 0o640);
    await expect(secretBoxOf(path)).rejects.toThrow('may be read by others');
    chmodSync(path, 0o600);
    writeFileSync(path, 'not a key');
    await expect(secretBoxOf(path)).rejects.toThrow('64 hexadecimal digits');
  });
});
