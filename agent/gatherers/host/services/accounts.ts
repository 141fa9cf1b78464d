/** Counts from the account files; names, hashes and homes are looked at and forgotten. */

const MAX_LINES = 100_000;

/** Accounts with uid 0 that are not called root. */
export function countExtraRoots(passwd: string): number {
  let count = 0;
  for (const line of passwd.split('\n', MAX_LINES)) {
    const [account = '', , uid = ''] = line.slice(0, 500).split(':', 4);
    if (/^0+$/.test(uid) && account !== 'root' && account !== '' && !account.startsWith('#')) count += 1;
  }
  return count;
}

/** Accounts whose password field is empty: anyone may log in as them where empty passwords are allowed. */
export function countEmptyPasswords(shadow: string): number {
  let count = 0;
  for (const line of shadow.split('\n', MAX_LINES)) {
    const fields = line.slice(0, 1_000).split(':', 3);
    if (fields.length >= 3 && fields[0] !== '' && fields[1] === '') count += 1;
  }
  return count;
}

/** `PASS_MAX_DAYS` of login.defs. */
export function parsePasswordMaxDays(loginDefs: string): number | undefined {
  const days = /^[ \t]{0,20}PASS_MAX_DAYS[ \t]{1,40}(\d{1,6})\b/m.exec(loginDefs)?.[1];
  return days === undefined ? undefined : Number(days);
}
