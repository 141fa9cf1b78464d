/** What must never leave, by how it looks. Each pattern is linear in the length of the text. */

/** What the guard can find; closed words for logs and metrics. `unregistered`: no word, version or name that the registry allows there. */
export const LEAKS = ['name', 'word', 'jwt', 'pem', 'key', 'url-password', 'e-mail', 'address', 'mac', 'phone', 'id-number', 'unregistered'] as const;
export type Leak = (typeof LEAKS)[number];

/** Secrets: not even in a name that the site opened. */
const SECRETS: readonly (readonly [Leak, RegExp])[] = [
  ['jwt', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}/], // RFC 7519: the base64 of `{"`
  ['pem', /-----BEGIN [A-Z ]{1,40}-----/], // RFC 7468
  // Prefixes that providers publish so that scanners find them: AWS, Alibaba Cloud, Tencent Cloud, GitHub, GitLab, Slack, Google, Stripe.
  ['key', /\b(?:(?:AKIA|ASIA)[A-Z2-7]{16}|LTAI[A-Za-z0-9]{12,30}|AKID[A-Za-z0-9]{13,40}|gh[pousr]_\w{20,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35}|[sr]k_live_\w{16,})/],
  ['url-password', /\/\/[^\s/?#@:]{0,256}:[^\s/?#@]{0,256}@/], // RFC 3986, 3.2.1
];
/** People and places; a name that the site opened may look like one (nodes that are called by their address). */
const PERSONAL: readonly (readonly [Leak, RegExp])[] = [
  ['e-mail', /[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/i],
  ['mac', /(?<![0-9a-f:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![0-9a-f:-])/i],
  ['address', /(?<![0-9a-f:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?::[0-9a-f]{1,4})*(?![0-9a-f:])|::[0-9a-f]{1,4}/i],
  ['phone', /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/], // mobile numbers of the mainland
];
const QUAD = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])/;
const ID_NUMBER = /(?<!\d)\d{17}[\dX](?!\d)/i;

/** Four numbers that may be a release as well as an address; whoever knows the names of the run can tell. */
export function quadIn(text: string): string | undefined {
  return QUAD.exec(text)?.[0];
}

export function secretIn(text: string): Leak | undefined {
  return SECRETS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** @param isVersion four numbers may be a release, unless they are an address that no release would be */
export function personalIn(text: string, isVersion: boolean): Leak | undefined {
  const found = PERSONAL.find(([, pattern]) => pattern.test(text))?.[0];
  if (found !== undefined) return found;
  if (isAddress(QUAD.exec(text), isVersion)) return 'address';
  return isIdNumber(ID_NUMBER.exec(text)?.[0]) ? 'id-number' : undefined;
}

/** RFC 1918 (but for 10/8: Tomcat has releases like 10.1.19.0), RFC 6598, loopback and link-local blocks are addresses wherever they stand. */
function isAddress(match: RegExpExecArray | null, isVersion: boolean): boolean {
  if (!match) return false;
  const [a = 0, b = 0, ...rest] = match.slice(1).map(Number);
  if ([a, b, ...rest].some((part) => part > 255)) return false;
  if (!isVersion) return true;
  return a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127);
}

/** GB 11643-1999: the last digit is a checksum, so a long number is not taken for one. */
function isIdNumber(text: string | undefined): boolean {
  if (text === undefined) return false;
  const month = Number(text.slice(10, 12));
  const day = Number(text.slice(12, 14));
  if (!/^(18|19|20)/.test(text.slice(6, 8)) || month < 1 || month > 12 || day < 1 || day > 31) return false;
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += Number(text[index]) * (2 ** (17 - index) % 11);
  return '10X98765432'[sum % 11] === text.slice(17).toUpperCase();
}
