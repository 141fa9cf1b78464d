/** Kubernetes' and Go's spelling of sizes and times. */
const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};
const UNIT_SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3_600 };

/** Bytes of a quantity (`100Mi`, `1G`, `1073741824`), never negative; `undefined` for anything else. */
export function toBytes(quantity: unknown): number | undefined {
  if (typeof quantity !== 'number' && typeof quantity !== 'string') return undefined;
  const match = /^(\d{1,20}(?:\.\d{1,9})?)([KMGTPE]i|[kKMGTPE]|)$/.exec(String(quantity).trim());
  const unit = UNIT_BYTES[match?.[2] ?? ''];
  return match?.[1] === undefined || unit === undefined ? undefined : Math.min(Number(match[1]) * unit, Number.MAX_SAFE_INTEGER);
}

/** `15%` as 15; `undefined` when it is no share. */
export function toPercent(text: unknown): number | undefined {
  const match = typeof text === 'string' ? /^\s*(\d{1,3}(?:\.\d{1,9})?)\s*%\s*$/.exec(text) : null;
  return match?.[1] === undefined ? undefined : Math.min(100, Number(match[1]));
}

/** Seconds of a Go duration (`4h0m0s`, `500ms`) or a bare number; `undefined` for anything else. */
export function toSeconds(duration: unknown): number | undefined {
  if (typeof duration === 'number') return Number.isFinite(duration) && duration >= 0 ? duration : undefined;
  if (typeof duration !== 'string' || duration.length > 64) return undefined;
  const text = duration.trim();
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (!/^(?:\d{1,15}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h)){1,8}$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) seconds += Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0);
  return Math.min(seconds, Number.MAX_SAFE_INTEGER);
}
