/**
 * Takes the README's pictures of the console again: `npm run pictures`. A demo of its own is started in a temporary folder, its first
 * administrator made, and each page photographed in both languages as a reader sees it at first. Needs Debian's Chromium.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startAllInOne, until } from '../test/support/all-in-one.ts';
import { openBrowser } from '../test/support/browser.ts';

const OUT = join(import.meta.dirname, '../docs/images');
const VIEWPORT = { width: 1280, height: 800 };
const PASSWORD = 'a long enough secret';
const LANGUAGES = [
  ['zh', 'zh-CN'],
  ['en', 'en-GB'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'xunjian-pictures-'));
const running = startAllInOne(folder, '--demo', '--no-host');
try {
  const link = await until(() => /http:\S+\/setup\?link=\S+/.exec(running.said())?.[0], running);
  const home = new URL(link).origin;
  const browser = await openBrowser();
  for (const [index, [language, locale]] of LANGUAGES.entries()) {
    const context = await browser.newContext({ locale, viewport: VIEWPORT, timezoneId: 'Asia/Shanghai', colorScheme: 'light' });
    const page = await context.newPage();
    if (index === 0) await beAdministrator(page, link);
    await signIn(page, home);
    await page.goto(`${home}/?lang=${language}`);
    await page.screenshot({ path: join(OUT, `console-overview-${language}.png`) });
    // The first thing to do is about a node that is lost, or stands beside it.
    await page.goto(`${home}/incidents?q=node-unreachable`);
    await page.locator('main tbody a[href^="/incidents/"]').first().click();
    await page.screenshot({ path: join(OUT, `console-incident-${language}.png`) });
    await context.close();
  }
  await browser.close();
} finally {
  running.child.kill('SIGTERM');
  await running.ended;
  rmSync(folder, { recursive: true, force: true });
}

async function beAdministrator(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.fill('[name=name]', 'Ann');
  await page.fill('[name=password]', PASSWORD);
  await page.fill('[name=again]', PASSWORD);
  await page.locator('form button').last().click();
  await page.waitForURL(/sign-in/);
}
async function signIn(page: Page, home: string): Promise<void> {
  await page.goto(`${home}/sign-in`);
  await page.fill('[name=login]', 'admin');
  await page.fill('[name=password]', PASSWORD);
  await page.locator('form[action^="/sign-in"] button').click();
  await page.waitForURL((url) => url.pathname === '/');
}
