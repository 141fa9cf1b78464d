/** `Content-Disposition` for files that are saved (RFC 6266), with names beyond ASCII (RFC 5987 / 8187). */

/** What no file system and no shell takes well. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"\\/:*?<>|%;'`$&~^]+/gu;
const LONGEST = 120;

/** @param plain ASCII name for old readers. @param shown what people see, any language */
export function attachmentHeader(plain: string, shown: string = plain): string {
  const ascii = plain.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const clean = [...shown.normalize('NFC').replaceAll(UNSAFE, '_').replaceAll(/\s+/g, ' ')]
    .slice(-LONGEST)
    .join('')
    .replace(/^[.\s-]+/, '');
  const encoded = encodeURIComponent(clean === '' ? ascii : clean.toWellFormed()).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
