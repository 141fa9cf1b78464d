import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startAllInOne, until } from '../support/all-in-one.ts';
import { NO_BROWSER, openBrowser } from '../support/browser.ts';

const PASSWORD = 'a long enough secret';

describe.skipIf(NO_BROWSER !== '')(`a person with a browser${NO_BROWSER === '' ? '' : ` (skipped: ${NO_BROWSER})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-browser-'));
  let running: Running;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    running = startAllInOne(folder, '--demo', '--no-host');
    browser = await openBrowser();
    page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 800 } })).newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) faults.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    running.child.kill('SIGTERM');
    await running.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('becomes administrator, signs in, finds the worst incident with its remedy and acknowledges it', async () => {
    const link = await until(() => /http:\S+\/setup\?link=\S+/.exec(running.said())?.[0], running);
    await page.goto(link);
    await page.fill('[name=name]', 'Ann');
    await page.fill('[name=password]', PASSWORD);
    await page.fill('[name=again]', PASSWORD);
    await page.locator('form button').last().click();
    await page.waitForURL(/sign-in/);
    await page.fill('[name=login]', 'admin');
    await page.fill('[name=password]', PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === '/');

    await page.getByRole('link', { name: /Nodes that the control plane has lost/ }).click();
    expect(await page.locator('h1').textContent()).toMatch(/^#\d+ /);
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).toContain('demo-prod-worker-4');
    expect(text).toMatch(/kubectl/);
    expect(text).toMatch(/Response/);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.waitForLoadState();
    expect(await page.locator('body').textContent()).toContain('acknowledged');
    expect(faults).toEqual([]);
  });

  it('reads the same in Chinese, and is out after signing out', async () => {
    const address = new URL(page.url());
    address.search = '?lang=zh';
    await page.goto(address.href);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('body').textContent()).toMatch(/处置建议[\s\S]*合同时限/);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForLoadState();
    await page.goto(new URL('/incidents', address).href);
    expect(page.url()).toMatch(/sign-in/);
  });
});
