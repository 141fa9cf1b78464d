/**
 * Passwords: scrypt in PHC string format. Parameters from OWASP's Password Storage Cheat Sheet (N=2^15, r=8, p=3: 32 MiB a hash);
 * how many run at once is bounded, so that a crowd of sign-ins can take neither the memory nor the thread pool.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';

export interface ScryptCost {
  /** Binary logarithm of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}
export const SCRYPT_COST: ScryptCost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Hashes at once, and how many more may wait. */
const AT_ONCE = 2;
const MOST_WAITING = 64;

/** One of a process: all hashing goes through it. */
export class PasswordHasher {
  readonly #cost: ScryptCost;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** What a sign-in under an unknown name is compared with, so that it takes as long as any other. */
  readonly #nobody: string;
  constructor(cost: ScryptCost = SCRYPT_COST) {
    this.#cost = cost;
    this.#nobody = phc(cost, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));
  }

  /** @throws AppError `unavailable` when too many wait */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return phc(this.#cost, salt, await this.#derive(password, salt, this.#cost, KEY_BYTES));
  }

  /** Takes as long for `undefined` (unknown user, no password) as for a hash. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const parsed = parsePhc(stored ?? this.#nobody);
    if (!parsed) return false;
    const key = await this.#derive(password, parsed.salt, parsed.cost, parsed.key.length);
    return timingSafeEqual(key, parsed.key) && stored !== undefined;
  }

  /** Whether the hash was made with weaker or other parameters than today's. */
  isOutdated(stored: string): boolean {
    const cost = parsePhc(stored)?.cost;
    return cost?.ln !== this.#cost.ln || cost.r !== this.#cost.r || cost.p !== this.#cost.p;
  }

  async #derive(password: string, salt: Buffer, { ln, r, p }: ScryptCost, length: number): Promise<Buffer> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw new AppError('unavailable', 'too many sign-ins at once, try again', { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await new Promise((resolve, reject) => {
        const maxmem = 128 * 2 ** ln * r + 128 * r * p + 1024 * 1024;
        scrypt(password.normalize('NFKC'), salt, length, { N: 2 ** ln, r, p, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
      });
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

function phc({ ln, r, p }: ScryptCost, salt: Buffer, key: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`;
}
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
function parsePhc(text: string): { readonly cost: ScryptCost; readonly salt: Buffer; readonly key: Buffer } | undefined {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{8,})\$([\w+/]{16,})$/.exec(text);
  if (!match) return undefined;
  const [, ln, r, p, salt = '', key = ''] = match;
  return { cost: { ln: Number(ln), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}

export const SHORTEST_PASSWORD = 12;
/** Hashing reads all of it: NIST SP 800-63B asks for at least 64. */
export const LONGEST_PASSWORD = 256;
/** What people take when twelve characters are asked for. */
const DENIED = [
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456781234',
  '111111111111',
  '000000000000',
  '888888888888',
  'password1234',
  'password12345',
  'passwordpassword',
  'administrator',
  'administrator1',
  'admin12345678',
  'adminadmin12',
  'adminadminadmin',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdf',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghijkl',
  'abc123456789',
  'iloveyou1234',
  'letmeinletmein',
  'welcome12345',
  'changeme1234',
  'changemechangeme',
  'xunjianxunjian',
  'xunjian12345',
  'kubernetes123',
  'woaini1314520',
  'p@ssw0rd1234',
  'p@ssword1234',
  'passw0rd1234',
];

/** @throws AppError `invalid` that says what to do, never what was given */
export function requireGoodPassword(password: string, names: readonly (string | null | undefined)[]): void {
  const reason = weakness(password, names);
  if (reason !== undefined) throw new AppError('invalid', PASSWORD_FAULTS[reason].en, { details: { field: 'password', reason }, text: PASSWORD_FAULTS[reason] });
}
const PASSWORD_FAULTS = {
  short: { zh: `密码至少 ${SHORTEST_PASSWORD} 个字符`, en: `the password needs at least ${SHORTEST_PASSWORD} characters` },
  long: { zh: `密码最多 ${LONGEST_PASSWORD} 个字符`, en: `the password may have at most ${LONGEST_PASSWORD} characters` },
  common: { zh: '密码过于常见，请换一个', en: 'the password is one of the first that are tried; choose another' },
  name: { zh: '密码不能包含登录名或姓名', en: 'the password must not contain the login or the name' },
} as const;

function weakness(password: string, names: readonly (string | null | undefined)[]): keyof typeof PASSWORD_FAULTS | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < SHORTEST_PASSWORD) return 'short';
  if (text.length > LONGEST_PASSWORD) return 'long';
  if (DENIED.includes(text) || new Set(text).size < 4) return 'common';
  const contained = names.some((name) => name && name.length >= 4 && text.includes(name.toLowerCase()));
  return contained ? 'name' : undefined;
}
