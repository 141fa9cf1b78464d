/**
 * The console in a real browser: a newcomer's way to the worst problem and the Word report, a machine connected with the command
 * that a page shows, an incident from its opening to the customer's word, and every page looked at by axe-core.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Running, startAllInOne, until } from '../support/all-in-one.ts';
import { NO_BROWSER, openBrowser } from '../support/browser.ts';

const ROOT = join(import.meta.dirname, '../..');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Runs in the page: everything opened, then looked at. */
const LOOK = `(async () => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
  const { scrollWidth, clientWidth } = document.documentElement;
  // Where there is room every column is in sight; what leads on is in sight everywhere.
  const cut = clientWidth < 900 ? [] : [...document.querySelectorAll('main .scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => 'columns out of sight: ' + one.textContent.slice(0, 60));
  const gone = [...document.querySelectorAll('.rail nav a')].filter((one) => one.getBoundingClientRect().right > clientWidth).map((one) => 'out of sight: ' + one.textContent);
  return [...violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 160)), ...cut, ...gone, ...(scrollWidth > clientWidth ? ['wider than the screen by ' + (scrollWidth - clientWidth)] : [])];
})()`;
const PASSWORD = 'a long enough secret';
/** What people do on a phone: the rest is drawn from the same parts. */
const SMALL = /^(?:\/|\/clusters\/[^/]+(?:\/findings.*)?|\/incidents.*|\/calendar|\/reports\/new|\/admin\/(?:connect|calendar|notifications.*|policies\/daocloud))$/;
/** What the same things are called. */
const WORDS = {
  en: {
    ...{
      first: 'Do these first',
      lost: 'Nodes unreachable from the control plane',
      why: /Why it matters[\s\S]*has lost contact with the node[\s\S]*Remedy[\s\S]*kubectl[\s\S]*demo-prod-worker-4/,
    },
    ...{ exportIt: 'Export the report', word: 'Word document', commands: 'show the commands', kept: 'I have kept it', results: 'Results', score: 'Where the score comes from' },
    ...{
      invite: 'Invite somebody…',
      inviteIt: 'Invite',

      close: 'Confirm the solution and close',
      closed: 'closed',
      acknowledge: 'Acknowledge',
      acknowledged: 'acknowledged',
    },
    ...{
      comment: 'Add the comment',
      resolve: 'Resolve',
      resolveIt: 'Resolved',
      resolved: 'resolved',
      confirm: 'we confirm it',
      confirmed: '✓ confirmed',
      preview: 'Preview first',
      make: 'Make it',
    },
    ...{ inspect: 'Inspect now', inspected: 'results of 1 of 1 agent are here' },
  },
  zh: {
    ...{ first: '先做这些', lost: '节点失联', why: /为何重要[\s\S]*联系不上该节点[\s\S]*处置建议[\s\S]*kubectl[\s\S]*demo-prod-worker-4/ },
    ...{ exportIt: '导出巡检报告', word: 'Word 文档', commands: '生成安装命令', kept: '已保存，继续', results: '巡检结果', score: '得分如何得出' },
    ...{ invite: '邀请用户…', inviteIt: '邀请', close: '确认已解决并关闭', closed: '已关闭', acknowledge: '受理', acknowledged: '已受理' },
    ...{ comment: '添加备注', resolve: '标记为已解决', resolveIt: '已解决', resolved: '已解决', confirm: '确认', confirmed: '✓ 已确认', preview: '先预览', make: '生成' },
    ...{ inspect: '立即巡检', inspected: '1 个可请求的代理中 1 个的结果已收到' },
  },
} as const;
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 800 };
/** Who walks the journeys; the customer reads the other language, on the other device. */
const READERS = [
  { language: 'en', device: 'desktop', viewport: DESKTOP, slot: 'customer-administrator.primary' },
  { language: 'zh', device: 'phone', viewport: PHONE, slot: 'customer-administrator.backup' },
] as const;
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
  let every: readonly string[] | undefined;

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
    context = await contextOf({ locale: 'en-GB', viewport: DESKTOP });
    page = await context.newPage();
    await redeem(page, link, 'Ann');
    await signIn(page, 'admin');
  });
  afterAll(async () => {
    await browser.close();
    running.child.kill('SIGTERM');
    await running.ended;
    rmSync(folder, { recursive: true, force: true });
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

    // Acknowledging by key: the selected incident, and none while none is selected.
    await page.goto(`${home}/incidents?show=unacknowledged`);
    for (const key of ['a', 'j', 'j']) await page.keyboard.press(key);
    const second = (await page.locator('tbody tr').nth(1).locator('a').getAttribute('href')) ?? '';
    expect(await page.locator('tr.current a').getAttribute('href')).toBe(second);
    await Promise.all([page.waitForURL((url) => url.pathname === second), page.keyboard.press('a')]);
    await page.locator('.about .state', { hasText: 'acknowledged' }).waitFor();

    // The bar of what is done with those picked hides no row that is gone to.
    await page.goto(`${home}/incidents?show=all`);
    for (const key of ['j', 'x']) await page.keyboard.press(key);
    const hidden: string[] = [];
    for (let turn = 0; turn < 24; turn += 1) {
      await page.keyboard.press('j');
      const [focus, bar] = [await page.locator('tr.current a').first().boundingBox(), await page.locator('form.stick').boundingBox()];
      if (focus && bar && focus.y + focus.height > bar.y) hidden.push(`row ${turn + 2}: ${focus.y + focus.height} below ${bar.y}`);
    }
    expect(hidden).toEqual([]);

    const plain = await contextOf({ javaScriptEnabled: false, storageState: await context.storageState() });
    const still = await plain.newPage();
    for (const [path, words] of [
      ['/', /Do these first/],
      ['/incidents?show=all', /demo-prod/],
      ['/findings?by=check', /Group/],
      ['/reports', /Archive/],
    ] as const) {
      expect((await still.goto(`${home}${path}`))?.status()).toBe(200);
      expect(await textOf(still)).toMatch(words);
    }
    await plain.close();
  });

  describe.each(READERS)('in $language on a $device', ({ language, viewport, slot }) => {
    const words = WORDS[language];
    const other = language === 'en' ? 'zh' : 'en';
    let own: BrowserContext;
    let on: Page;
    beforeAll(async () => {
      own = await contextOf({ storageState: await context.storageState(), viewport, locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
      on = await own.newPage();
      await on.goto(`${home}/?lang=${language}`);
    });
    afterAll(async () => await own.close());

    it('leads a newcomer to the worst problem and its remedy within three clicks, and to the Word report within two more', async () => {
      let clicks = 0;
      const click = async (what: Locator): Promise<void> => {
        clicks += 1;
        await what.click();
      };
      await on.goto(`${home}/`);
      await on.getByRole('heading', { name: words.first }).waitFor();
      await click(on.getByRole('link', { name: words.lost }).first());
      await on.locator('h1', { hasText: words.lost }).waitFor();
      expect(await textOf(on)).toMatch(words.why);
      expect(clicks).toBeLessThanOrEqual(3);

      clicks = 0;
      await click(on.getByRole('button', { name: words.exportIt }));
      const word = on.getByRole('link', { name: words.word });
      await word.waitFor(PATIENCE);
      const [download] = await Promise.all([on.waitForEvent('download'), click(word)]);
      expect(clicks).toBeLessThanOrEqual(2);
      const file = join(folder, `${language}-${download.suggestedFilename()}`);
      await download.saveAs(file);
      expect(file).toMatch(/\.docx$/);
      expect(statSync(file).size).toBeGreaterThan(20_000);
      expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    });

    it('connects a machine with the command that it shows: the agent reports, and inspects again when it is asked to', async () => {
      await on.goto(`${home}/admin/connect`);
      await on.selectOption('[name=customer]', '');
      await on.fill('[name=name]', `Example <b>Ltd</b> ${language}`);
      await on.fill('[name=cluster]', 'till "7"');
      await on.selectOption('[name=kind]', 'hosts');
      await on.getByRole('button', { name: words.commands }).click();
      await on.locator('pre code').first().waitFor();
      const shown = (await on.locator('pre code').allTextContents()).join('\n');
      const token = /printf %s '([\w-]+)' > xunjian-token/.exec(shown)?.[1] ?? '';
      const args = (/xunjian (agent --role host .*)/.exec(shown)?.[1] ?? '').replace(/--collector \S+/, `--collector ${home}`);
      const place = mkdtempSync(join(folder, 'agent-'));
      writeFileSync(join(place, 'xunjian-token'), token, { mode: 0o600 });
      const command = [join(ROOT, 'bin/xunjian.ts'), ...args.split(' '), '--heartbeat-seconds', '2'];
      const agent = spawn(process.execPath, command, { cwd: place, stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: place } });
      onTestFinished(() => void agent.kill('SIGTERM'));
      await on.getByRole('link', { name: words.kept }).click();
      expect(await on.content()).not.toContain(token);
      await on.getByRole('link', { name: words.results }).click();
      // The page follows what happens: the first inspection appears by itself.
      await on.getByRole('heading', { name: words.score }).waitFor(PATIENCE);
      expect(await on.locator('h1').textContent()).toBe('till "7"');
      expect(await on.locator('b').count()).toBe(0);
      if (language === 'en') {
        await expect.poll(async () => (await on.reload()) && (await on.getByRole('button', { name: words.inspect }).count()), PATIENCE).toBe(1);
        await on.getByRole('button', { name: words.inspect }).click();
        await on.locator('section.inspect', { hasText: words.inspected }).waitFor(PATIENCE);
      }
    });

    it('takes an incident from its opening over acknowledging, comments and solving to the customer’s own word, and to the report that is confirmed', async () => {
      await on.goto(`${home}/admin/users`);
      await on.getByText(words.invite).click();
      await on.fill('form[method=post][action="/admin/users"] [name=login]', `customer-${language}`);
      await on.fill('form[method=post][action="/admin/users"] [name=name]', 'Li');
      await on.selectOption('form[method=post][action="/admin/users"] [name=role]', slot);
      await on.selectOption('form[method=post][action="/admin/users"] [name=customer]', { label: '演示客户 Demo' });
      await on.getByRole('button', { name: words.inviteIt, exact: true }).click();
      const link = (await on.locator('pre code').textContent()) ?? '';
      const others = await contextOf({ locale: other === 'zh' ? 'zh-CN' : 'en-GB', viewport: viewport === DESKTOP ? PHONE : DESKTOP });
      const customer = await others.newPage();
      const theirs = WORDS[other];
      await redeem(customer, link.replace(/^https?:\/\/[^/]+/, home));
      await signIn(customer, `customer-${language}`);
      await customer.goto(`${home}/?lang=${other}`);

      await customer.goto(`${home}/incidents/new`);
      await customer.fill('[name=title]', '支付<script>alert(1)</script>变慢');
      await customer.locator('main form[method=post] button').last().click();
      await customer.waitForURL(/\/incidents\/[\w-]{36}/);
      const path = new URL(customer.url()).pathname;

      await on.goto(home + path);
      // More pages than a browser has connections for; each follows.
      const besides = await Promise.all(Array.from({ length: 8 }, async () => await own.newPage()));
      for (const beside of besides) await beside.goto(home + path);
      await on.getByRole('button', { name: words.acknowledge, exact: true }).click();
      await on.locator('.about .state', { hasText: words.acknowledged }).waitFor();
      for (const beside of besides) {
        await beside.locator('.about .state', { hasText: words.acknowledged }).waitFor();
        await beside.locator('ol.timeline', { hasText: words.acknowledged }).waitFor();
        await beside.close();
      }
      await on.keyboard.press('c'); // straight to the comment
      await on.keyboard.type('only among us');
      await on.selectOption('[name=visibility]', 'internal');
      // The customer writes meanwhile: it appears, and what is being written here stays and is taken.
      await on.locator('h1').click();
      await customer.fill('[name=text]', 'since this morning');
      await customer.getByRole('button', { name: theirs.comment }).click();
      await on.locator('ol.timeline', { hasText: 'since this morning' }).waitFor();
      expect(await on.inputValue('[name=text]')).toBe('only among us');
      await on.getByRole('button', { name: words.comment }).click();
      await on.locator('ol.timeline', { hasText: 'only among us' }).waitFor();
      await on.getByText(words.resolve, { exact: true }).click();
      await on.getByRole('button', { name: words.resolveIt, exact: true }).click();
      await on.locator('.about .state', { hasText: words.resolved }).waitFor();

      await customer.goto(home + path);
      expect(await textOf(customer)).not.toContain('only among us');
      expect(await customer.locator('main script').count()).toBe(0);
      await customer.getByRole('button', { name: theirs.close }).click();
      await customer.locator('.about .state', { hasText: theirs.closed }).waitFor();

      // And the report, which only the customer confirms.
      await on.goto(`${home}/reports`);
      await on.locator('tbody a').first().click();
      await on.getByRole('link', { name: words.word }).waitFor();
      expect(await on.locator('form[action$="/confirm"]').count()).toBe(0);
      await customer.goto(on.url());
      await customer.getByLabel(theirs.confirm, { exact: true }).check();
      await customer.locator('form[action$="/confirm"] button').click();
      await customer.getByText(theirs.confirmed, { exact: false }).first().waitFor();
      await others.close();
    });

    it('shows a report before it is made, by an address that can be sent on', async () => {
      await on.goto(`${home}/clusters?q=demo-prod`);
      const cluster = ((await on.locator('.tile a').first().getAttribute('href')) ?? '').replace('/clusters/', '');
      await on.goto(`${home}/reports`);
      const customer = (await on.locator('[name=customer] option', { hasText: '演示客户 Demo' }).getAttribute('value')) ?? '';
      await on.goto(`${home}/reports/new?customer=${customer}&cluster=${cluster}`);
      await on.getByRole('button', { name: words.preview }).click();
      await on.waitForURL(/\/reports\/preview\?/);
      expect(await on.locator('section.chapter').count()).toBeGreaterThan(4);
      expect((await on.content()).length).toBeLessThan(300_000);
      expect(await on.getByRole('button', { name: words.make, exact: true }).count()).toBe(1);
    });
  });

  it.each([
    ['zh', 'desktop', 'light', DESKTOP],
    ['en', 'desktop', 'dark', DESKTOP],
    ['zh', 'phone', 'light', PHONE],
    ['en', 'phone', 'dark', PHONE],
  ] as const)('has no page that axe-core objects to, in %s on a %s, %s', async (language, device, colorScheme, viewport) => {
    const own = await contextOf({ storageState: await context.storageState(), viewport, colorScheme, locale: language, bypassCSP: true });
    const looked = await own.newPage();
    const objections: string[] = [];
    every ??= await pagesOf(looked);
    for (const path of every.filter((one) => device === 'desktop' || SMALL.test(one))) {
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
    const administration = [
      '',
      '/connect',
      '/users',
      '/policies/daocloud',
      '/policies/simulate',
      '/calendar',
      '/notifications',
      '/notifications/rotas/new',
      '/agents',
      '/audit',
      '/system',
    ].map((one) => `/admin${one}`);
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
      `/reports/preview?customer=${customer.replace('/admin/customers/', '')}&kind=s360`,
      '/reports/schedules',
      report,
      '/privacy',
      '/privacy/site',
      snapshot,
      customer,
      `/admin${cluster}`,
      ...administration,
      '/account',
    ];
  }
});
