/** Three settings of sshd_config(5). */

export interface SshdSettings {
  readonly rootLogin: 'yes' | 'no' | 'prohibit-password' | 'forced-commands-only' | 'default';
  readonly passwordAuthentication: 'yes' | 'no' | 'default';
  readonly emptyPasswords: 'yes' | 'no' | 'default';
}

const MAX_LINES = 5_000;

/** Where `Include` lines point, relative ones below `/etc/ssh`; only `<folder>/*.conf` and plain files. */
export function includesOf(text: string): readonly string[] {
  const out: string[] = [];
  for (const line of text.split('\n', MAX_LINES)) {
    const match = /^\s*include[\s=]+(\S.{0,500})$/i.exec(line.slice(0, 600));
    for (const path of (match?.[1] ?? '').split(/\s+/)) if (/^[\w./*-]{1,250}$/.test(path)) out.push(path.startsWith('/') ? path : `/etc/ssh/${path}`);
  }
  return out.slice(0, 20);
}

/**
 * The global settings: sshd takes the first value that it reads, and what stands below `Match` is about some connections only.
 * @param texts in the order that sshd reads them; an `Include` usually stands first
 */
export function parseSshd(texts: readonly string[]): SshdSettings {
  const values = new Map<string, string>();
  for (const text of texts) {
    for (const line of text.split('\n', MAX_LINES)) {
      const match = /^\s*([A-Za-z]{1,60})(?:\s*=\s*|\s+)"?([\w-]{1,60})"?/.exec(line.slice(0, 300));
      if (match?.[1] === undefined || match[2] === undefined) continue;
      const key = match[1].toLowerCase();
      if (key === 'match') break;
      if (!values.has(key)) values.set(key, match[2].toLowerCase());
    }
  }
  const root = values.get('permitrootlogin');
  return {
    rootLogin: root === 'without-password' ? 'prohibit-password' : (ROOT_LOGIN.find((word) => word === root) ?? 'default'),
    passwordAuthentication: yesOrNo(values.get('passwordauthentication')),
    emptyPasswords: yesOrNo(values.get('permitemptypasswords')),
  };
}
const ROOT_LOGIN = ['yes', 'no', 'prohibit-password', 'forced-commands-only'] as const;

function yesOrNo(word: string | undefined): 'yes' | 'no' | 'default' {
  return word === 'yes' || word === 'no' ? word : 'default';
}
