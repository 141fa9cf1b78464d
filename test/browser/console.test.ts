/**
 * The console in a real browser: a newcomer's way to the worst problem and the Word report, a machine connected with the command
 * that a page shows, an incident from its opening to the customer's word, and every page looked at by axe-core.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startAllInOne, until } from '../support/all-in-one.ts';
import { NO_BROWSER, openBrowser } from '../support/browser.ts';

const ROOT = join(import.meta.dirname, '../..');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Runs in the page: everything opened, then looked at. */
const LOOK = `(async () => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
  const { scrollWidth, clientWidth } = document.documentElement;
  return [...violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 160)), ...(scrollWidth > clientWidth ? ['wider than the screen by ' + (scrollWidth - clientWidth)] : [])];
})()`;
const PASSWORD = 'a long enough secret';
/** What people do on a phone: the rest is drawn from the same parts. */
const SMALL = /^(?:\/|\/clusters\/[^/]+(?:\/findings.*)?|\/incidents.*|\/calendar|\/reports\/new|\/admin\/(?:connect|notifications|policies\/daocloud))$/;
/** Of pages that wait for a job or an agent. */
const PATIENCE = { timeout: 120_000 };

describe.skipIf(NO_BROWSER !== '')(`the console in a browser${NO_BROWSER === '' ? '' : ` (skipped: ${NO_BROWSER})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-console-'));
  const faults: string[] = [];
  let running: Running;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let home: string;
  let agent: ChildProcess | undefined;

  const contextOf = async (options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> => {
    const made = await browser.newContext({ timezoneId: 'Asia/Shanghai', acceptDownloads: true, ...options });
    made.on('weberror', (error) => faults.push(String(error.error())));
    made.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text());
    });
    return made;
  };
  const signIn = async (on: Page, login: string): Promise<void> => {
    await on.goto(`${home}/sign-in`);
    await on.fill('[name=login]', login);
    await on.fill('[name=password]', PASSWORD);
    await on.locator('form[action^="/sign-in"] button').click();
    await on.waitForURL((url) => url.pathname === '/');
  };
  const redeem = async (on: Page, link: string, name?: string): Promise<void> => {
    await on.goto(link);
    if (name !== undefined) await on.fill('[name=name]', name);
    await on.fill('[name=password]', PASSWORD);
    await on.fill('[name=again]', PASSWORD);
    await on.locator('form button').last().click();
    await on.waitForURL(/sign-in/);
  };
  const textOf = async (on: Page): Promise<string> => (await on.locator('main').textContent()) ?? '';

  beforeAll(async () => {
    running = startAllInOne(folder, '--demo', '--no-host');
    browser = await openBrowser();
    const link = await until(() => /http:\S+\/setup\?link=\S+/.exec(running.said())?.[0], running);
    home = new URL(link).origin;
    context = await contextOf({ locale: 'en-GB', viewport: { width: 1280, height: 860 } });
    page = await context.newPage();
    await redeem(page, link, 'Ann');
    await signIn(page, 'admin');
  });
  afterAll(async () => {
    agent?.kill('SIGTERM');
    await browser.close();
    running.child.kill('SIGTERM');
    await running.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads a newcomer to the worst problem and its remedy in one click, and to the Word report in two more', async () => {
    await page.getByRole('heading', { name: 'Do these first' }).waitFor();
    await page
      .getByRole('link', { name: /Nodes that the control plane has lost/ })
      .first()
      .click();
    expect(await page.locator('h1').textContent()).toMatch(/^#\d+ Nodes that the control plane has lost/);
    expect(await textOf(page)).toMatch(/Remedy[\s\S]*kubectl[\s\S]*demo-prod-worker-4/);

    await page.getByRole('button', { name: 'Export the report' }).click();
    const word = page.getByRole('link', { name: 'Word document' });
    await word.waitFor(PATIENCE);
    const [download] = await Promise.all([page.waitForEvent('download'), word.click()]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    expect(file).toMatch(/\.docx$/);
    expect(statSync(file).size).toBeGreaterThan(20_000);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  });

  it('finds by keyboard, filters in the address, goes back, and reads without a script', async () => {
    await page.goto(`${home}/findings`);
    await page.keyboard.press('/');
    await page.keyboard.type('swap');
    await page.keyboard.press('Enter');
    await page.waitForURL(/[?&]q=swap/);
    expect(page.url()).not.toContain('severity=');
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(1);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Evidence over time' }).waitFor();
    await page.goBack();
    await page.waitForURL(/[?&]q=swap/);

    const plain = await contextOf({ javaScriptEnabled: false, storageState: await context.storageState() });
    const still = await plain.newPage();
    for (const [path, words] of [
      ['/', /Do these first/],
      ['/incidents?show=all', /demo-prod/],
      ['/findings?by=check', /Group/],
      ['/reports', /Word|done/],
    ] as const) {
      expect((await still.goto(`${home}${path}`))?.status()).toBe(200);
      expect(await textOf(still)).toMatch(words);
    }
    await plain.close();
  });

  it('connects a machine with the command that it shows: the agent reports, and its findings are there without a reload', async () => {
    await page.goto(`${home}/admin/connect`);
    await page.selectOption('[name=customer]', '');
    await page.fill('[name=name]', 'Example <b>Ltd</b>');
    await page.fill('[name=cluster]', 'till "7"');
    await page.selectOption('[name=kind]', 'hosts');
    await page.getByRole('button', { name: /show the commands/ }).click();
    const shown = (await page.locator('pre code').allTextContents()).join('\n');
    const token = /printf %s '([\w-]+)' > xunjian-token/.exec(shown)?.[1] ?? '';
    const args = (/xunjian (agent --role host .*)/.exec(shown)?.[1] ?? '').replace(/--collector \S+/, `--collector ${home}`);
    writeFileSync(join(folder, 'xunjian-token'), token, { mode: 0o600 });
    agent = spawn(process.execPath, [join(ROOT, 'bin/xunjian.ts'), ...args.split(' ')], { cwd: folder, stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: folder } });
    await page.getByRole('link', { name: /I have kept it/ }).click();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('link', { name: 'Results' }).click();
    // The page follows what happens: the first inspection appears by itself.
    await page.getByRole('heading', { name: 'Where the score comes from' }).waitFor(PATIENCE);
    expect(await page.locator('h1').textContent()).toBe('till "7"');
    expect(await page.locator('b').count()).toBe(0);
    agent.kill('SIGTERM');
    agent = undefined;
  });

  it('takes an incident from its opening over acknowledging, comments and solving to the customer’s own word', async () => {
    await page.goto(`${home}/admin/users`);
    await page.getByText('Invite somebody…').click();
    await page.fill('form[method=post][action="/admin/users"] [name=login]', 'customer');
    await page.fill('form[method=post][action="/admin/users"] [name=name]', 'Li');
    await page.selectOption('form[method=post][action="/admin/users"] [name=role]', 'customer-administrator.primary');
    await page.selectOption('form[method=post][action="/admin/users"] [name=customer]', { label: 'Demo customer (synthetic data)' });
    await page.getByRole('button', { name: 'Invite' }).click();
    const link = (await page.locator('pre code').textContent()) ?? '';
    const others = await contextOf({ locale: 'zh-CN', viewport: { width: 390, height: 800 } });
    const customer = await others.newPage();
    await redeem(customer, link.replace(/^https?:\/\/[^/]+/, home));
    await signIn(customer, 'customer');

    await customer.goto(`${home}/incidents/new`);
    await customer.fill('[name=title]', '支付<script>alert(1)</script>变慢');
    await customer.getByRole('button', { name: '提交' }).click();
    await customer.waitForURL(/\/incidents\/[\w-]{36}/);
    const path = new URL(customer.url()).pathname;

    await page.goto(home + path);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('acknowledged', { exact: true }).first().waitFor();
    await page.fill('[name=text]', 'only among us');
    await page.selectOption('[name=visibility]', 'internal');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    await page.getByText('only among us').waitFor();
    await page.getByText('Resolve', { exact: true }).click();
    await page.getByRole('button', { name: 'Resolved' }).click();
    await page.locator('.about .state', { hasText: 'resolved' }).waitFor();

    await customer.goto(home + path);
    expect(await textOf(customer)).not.toContain('only among us');
    expect(await customer.locator('main script').count()).toBe(0);
    await customer.getByRole('button', { name: '确认已解决并关闭' }).click();
    await customer.locator('.about .state', { hasText: '已关闭' }).waitFor();

    // And the report, which only the customer confirms.
    await page.goto(`${home}/reports`);
    await page.locator('tbody a').first().click();
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await customer.goto(page.url());
    await customer.getByLabel('确认', { exact: true }).check();
    await customer.getByRole('button', { name: '提交' }).click();
    await customer.getByText('✓ 已确认', { exact: false }).first().waitFor();
    await others.close();
  });

  it.each([
    ['zh', 'desktop', 'light', { width: 1280, height: 860 }],
    ['en', 'phone', 'dark', { width: 390, height: 800 }],
  ] as const)('has no page that axe-core objects to, in %s on a %s, %s', async (language, device, colorScheme, viewport) => {
    const own = await contextOf({ storageState: await context.storageState(), viewport, colorScheme, locale: language, bypassCSP: true });
    const looked = await own.newPage();
    const objections: string[] = [];
    for (const path of (await pagesOf(looked)).filter((one) => device === 'desktop' || SMALL.test(one))) {
      const answer = await looked.goto(`${home}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      if (answer?.status() !== 200) objections.push(`${path}: ${answer?.status()}`);
      await looked.evaluate(AXE);
      const found = await looked.evaluate<string[]>(LOOK);
      objections.push(...found.map((one) => `${path}: ${one}`));
    }
    expect(objections).toEqual([]);
    await own.close();
  });

  it('reads in Chinese after one click, and stays so; signing out ends it', async () => {
    await page.goto(`${home}/`);
    await page.getByRole('link', { name: '中文' }).click();
    await page.goto(`${home}/incidents`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/sign-in/);
    await page.goto(`${home}/incidents?show=breached`);
    expect(page.url()).toMatch(/sign-in\?to=%2Fincidents%3Fshow%3Dbreached/);
  });

  it('has told of no error of its scripts and no breach of its policy', () => {
    expect(faults).toEqual([]);
  });

  /** One page of every kind. */
  async function pagesOf(on: Page): Promise<readonly string[]> {
    await on.goto(`${home}/clusters?q=demo-prod`);
    const cluster = (await on.locator('.tile a').first().getAttribute('href')) ?? '';
    await on.goto(`${home}${cluster}/findings`);
    const finding = (await on.locator('tbody a').first().getAttribute('href')) ?? '';
    await on.goto(`${home}/incidents`);
    const incident = (await on.locator('tbody a').first().getAttribute('href')) ?? '';
    await on.goto(`${home}/reports`);
    const report = (await on.locator('tbody a').first().getAttribute('href')) ?? '';
    await on.goto(`${home}/privacy`);
    const snapshot = (await on.locator('tbody a').first().getAttribute('href')) ?? '';
    await on.goto(`${home}/admin`);
    const customer = (await on.locator('tbody a').first().getAttribute('href')) ?? '';
    const tabs = ['', '/findings', '/capacity', '/calendar', '/inventory', '/compare', '/agents'].map((tab) => cluster + tab);
    const administration = ['', '/connect', '/users', '/policies/daocloud', '/policies/simulate', '/notifications', '/agents', '/audit', '/system'].map((one) => `/admin${one}`);
    return [
      '/',
      '/clusters',
      '/findings?by=check',
      ...tabs,
      finding,
      '/incidents',
      '/incidents/new',
      incident,
      '/calendar',
      '/reports',
      '/reports/new',
      '/reports/schedules',
      report,
      '/privacy',
      snapshot,
      customer,
      `/admin${cluster}`,
      ...administration,
      '/account',
    ];
  }
});
