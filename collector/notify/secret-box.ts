/** Secrets of targets at rest: AES-256-GCM under the collector's key, bound to the row they belong to. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { chmod, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';
import { isPrivate, makeFolder } from '../folder.ts';

const KEY_BYTES = 32;
const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

interface Key {
  readonly id: Buffer;
  readonly bytes: Buffer;
}

/** The first key seals, all of them open: that is how a key is replaced. */
export class SecretBox {
  readonly #keys: readonly Key[];

  /** @param keys 32 bytes each, newest first */
  constructor(keys: readonly Uint8Array[]) {
    if (keys.length === 0 || keys.some(({ length }) => length !== KEY_BYTES)) throw new AppError('invalid', `the key of the collector's secrets has to be ${KEY_BYTES} bytes`);
    this.#keys = keys.map((bytes) => ({ id: createHash('sha256').update('xunjian secret box').update(bytes).digest().subarray(0, KEY_ID_BYTES), bytes: Buffer.from(bytes) }));
  }

  /** What tells the keys apart, and nothing of them; newest first. */
  get keyIds(): readonly string[] {
    return this.#keys.map(({ id }) => id.toString('hex'));
  }

  /** @param owner id of the row: what was sealed for one cannot be opened for another */
  seal(value: unknown, owner: string): Uint8Array {
    const [key] = this.#keys;
    if (key === undefined) throw new Error('no key');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), key.id, nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws AppError when the key is another one, or the bytes were changed */
  open(sealed: Uint8Array, owner: string): unknown {
    const bytes = Buffer.from(sealed);
    const keyId = bytes.subarray(1, 1 + KEY_ID_BYTES);
    const key = this.#keys.find(({ id }) => id.equals(keyId));
    if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) throw new AppError('invalid', 'a stored secret is not in the known format: enter the secrets of the target again');
    if (!key) throw new AppError('invalid', "a stored secret was sealed under another key: give the collector its former key file, or enter the target's secrets again");
    const nonceAt = 1 + KEY_ID_BYTES;
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(nonceAt, nonceAt + NONCE_BYTES))
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(nonceAt + NONCE_BYTES, HEAD_BYTES));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8'));
    } catch {
      throw new AppError('invalid', 'a stored secret was changed: enter the secrets of the target again'); // the cause would tell bytes
    }
  }
}

/** The key of a file, 64 hexadecimal digits, mode 0600; made when there is none. @throws AppError when others may read it */
export async function secretBoxOf(path: string): Promise<SecretBox> {
  await makeFolder(dirname(path));
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
    await file.sync();
    await chmod(path, 0o600); // whatever the umask was
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (!isPrivate(await stat(path))) throw new AppError('invalid', `${path} may be read by others: chmod 600 it; if they are not trusted, replace the secrets of all targets`);
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => !/^[0-9a-f]{64}$/i.test(line.trim()))) throw new AppError('invalid', `${path} has to hold 64 hexadecimal digits a line, newest key first`);
  return new SecretBox(lines.map((line) => Buffer.from(line.trim(), 'hex')));
}
