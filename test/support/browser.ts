/** Debian's Chromium, driven by playwright-core. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';
/** Why tests with a browser cannot run here; empty when they can. */
export const NO_BROWSER = existsSync(PROGRAM) ? '' : 'Chromium is not installed (Debian: chromium)';

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'] });
}
