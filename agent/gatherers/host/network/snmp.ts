/** Reads the kernel's protocol counters: `snmp`, `netstat` (pairs of lines), `snmp6` (one a line), `sockstat`. Pure. */

const MAX_LINES = 400;

/** `Tcp: names…` followed by `Tcp: numbers…`, as `Tcp.RetransSegs`. */
export function parsePairs(text: string): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  const lines = text.split('\n', MAX_LINES);
  for (let index = 0; index + 1 < lines.length; index += 1) {
    const [group, ...names] = (lines[index] ?? '').split(' ');
    const [again, ...values] = (lines[index + 1] ?? '').split(' ');
    if (!group?.endsWith(':') || group !== again || names.length !== values.length || /^-?\d/.test(names[0] ?? '')) continue;
    for (const [position, name] of names.entries()) {
      const value = Number(values[position]);
      if (Number.isFinite(value) && value >= 0) out.set(`${group.slice(0, -1)}.${name}`, value);
    }
    index += 1;
  }
  return out;
}

/** `TCP: inuse 3 orphan 0 tw 2 …` as `TCP.orphan`. */
export function parseSockstat(text: string): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const line of text.split('\n', 50)) {
    const [group, ...words] = line.slice(0, 1_000).trim().split(/\s+/);
    if (!group?.endsWith(':')) continue;
    for (let index = 0; index + 1 < words.length; index += 2) {
      const value = words[index + 1] ?? '';
      if (/^\d{1,15}$/.test(value)) out.set(`${group.slice(0, -1)}.${words[index]}`, Number(value));
    }
  }
  return out;
}

/**
 * Per-processor table with a line of names and lines of hexadecimal numbers (`/proc/net/stat/*`): sums by name, but the
 * largest for `entries`, which every line repeats.
 */
export function parseStatTable(text: string): ReadonlyMap<string, number> {
  const [head = '', ...rows] = text.split('\n', 8_200);
  const names = head.trim().split(/\s+/);
  const out = new Map<string, number>();
  for (const row of rows) {
    const values = row.slice(0, 2_000).trim().split(/\s+/);
    if (values.length !== names.length) continue;
    for (const [position, name] of names.entries()) {
      const word = values[position] ?? '';
      if (!/^[0-9a-f]{1,16}$/.test(word)) continue;
      const value = Number.parseInt(word, 16);
      const known = out.get(name) ?? 0;
      out.set(name, name === 'entries' ? Math.max(known, value) : known + value);
    }
  }
  return out;
}
