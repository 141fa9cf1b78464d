/** The text that Prometheus scrapes, as samples. Pure and bounded; what is no sample is left out. */
export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const MOST_SAMPLES = 50_000;

/** @param wanted names that are kept; others are dropped as they are read */
export function parseExposition(text: string, wanted: RegExp): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || samples.length >= MOST_SAMPLES) continue;
    const match = /^([a-zA-Z_:][\w:]{0,200})(?:\{(.{0,4000})\})?\s+(\S+)/.exec(line);
    if (!match || !wanted.test(match[1] ?? '')) continue;
    const value = Number(match[3]);
    if (Number.isFinite(value)) samples.push({ name: match[1] ?? '', labels: labelsOf(match[2] ?? ''), value });
  }
  return samples;
}

function labelsOf(text: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/([a-zA-Z_]\w{0,100})="((?:[^"\\]|\\.)*)"/g))
    labels.set(
      key,
      value.replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char)),
    );
  return labels;
}
