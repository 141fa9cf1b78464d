/** The HTML report in a real browser: on a phone, on a screen and on paper, and looked at by axe-core. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { KINDS } from '../../reports/kinds/index.ts';
import { renderHtml } from '../../reports/renderers/html.ts';
import { hostile } from '../reports/fixtures/hostile.ts';
import { PERIOD } from '../reports/fixtures/period.ts';
import { NO_BROWSER, openBrowser } from '../support/browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 800 };
const TABLET = { width: 768, height: 1_024 };
const SCREEN = { width: 1_200, height: 900 };
/** What is out of sight without moving the page sideways, and words in pictures that are too small to read. */
const CUT = `(() => {
  const boxes = [...document.querySelectorAll('.scroll, figure [role=img]')].filter((one) => one.scrollWidth > one.clientWidth + 1);
  const small = [...document.querySelectorAll('figure svg')].filter((one) => {
    const { width } = one.getBoundingClientRect();
    return width > 0 && (width / one.viewBox.baseVal.width) * 11 < 9.5;
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  return [...boxes, ...small.map((one) => one.closest('figure'))].map((one) => one.textContent.slice(0, 60)).concat(scrollWidth > clientWidth ? ['the page itself'] : []);
})()`;
/** Titles of the headings that skip a level, and tables without a caption or without heads that say what they are of. */
const STRUCTURE = `(() => {
  const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => [Number(one.tagName[1]), one.textContent]);
  const skipped = levels.filter(([level], index) => index > 0 && level > levels[index - 1][0] + 1).map(([, text]) => text);
  const heads = [...document.querySelectorAll('th')].filter((one) => !one.hasAttribute('scope')).map((one) => one.textContent);
  return [...skipped, ...heads];
})()`;

describe.skipIf(NO_BROWSER !== '')(`the HTML report${NO_BROWSER && ` (${NO_BROWSER})`}`, () => {
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xunjian-pages-'));
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  async function open(name: string, viewport: typeof PHONE): Promise<Page> {
    const context = await browser.newContext({ viewport, isMobile: viewport === PHONE, bypassCSP: true });
    onTestFinished(async () => await context.close());
    const page = await context.newPage();
    await page.goto(`file://${join(folder, name)}`);
    return page;
  }

  it('keeps the places to write in on a phone', async () => {
    const [kind] = KINDS.filter(({ id }) => id === 's360');
    writeFileSync(join(folder, 'blanks.html'), await renderHtml({ ...PERIOD, plans: undefined }, 'zh', kind));
    const page = await open('blanks.html', PHONE);
    const blanks = page.locator('td[data-head="责任方"]:empty');
    expect(await blanks.count()).toBeGreaterThan(0);
    for (const blank of (await blanks.all()).slice(0, 3)) expect((await blank.boundingBox())?.height).toBeGreaterThan(15);
  });
  it.each(KINDS)(
    'shows every column and picture of $id on a phone and on a screen, and leaves out no level of headings',
    async (kind) => {
      writeFileSync(join(folder, `${kind.id}.html`), await renderHtml(PERIOD, 'en', kind)); // the longer words
      for (const viewport of [PHONE, SCREEN]) {
        const page = await open(`${kind.id}.html`, viewport);
        expect(await page.evaluate(CUT), `${viewport.width} px`).toEqual([]);
        expect(await page.evaluate(STRUCTURE)).toEqual([]);
      }
    },
    60_000,
  );
  it('parts no state of one word from its shape on a tablet', async () => {
    writeFileSync(
      join(folder, 'states.html'),
      await renderHtml(
        PERIOD,
        'zh',
        KINDS.find(({ id }) => id === 'expert'),
      ),
    );
    const page = await open('states.html', TABLET);
    const torn = `[...document.querySelectorAll('td.status span')].filter((one) => one.textContent.length <= 5 && one.getClientRects().length > 1).map((one) => one.textContent)`;
    expect(await page.evaluate(torn)).toEqual([]);
  });
  it('stays as wide as the screen whatever stands in it', async () => {
    writeFileSync(join(folder, 'hostile.html'), await renderHtml(hostile(), 'en'));
    for (const viewport of [PHONE, SCREEN]) {
      const page = await open('hostile.html', viewport);
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${viewport.width} px`).toBe(viewport.width);
    }
  }, 60_000);
  it.each([
    ['light', SCREEN],
    ['dark', PHONE],
  ] as const)(
    'gives axe-core nothing to object to (%s)',
    async (colorScheme, viewport) => {
      const [kind] = KINDS.filter(({ id }) => id === 's360');
      writeFileSync(join(folder, 'axe.html'), await renderHtml(PERIOD, 'zh', kind));
      const page = await open('axe.html', viewport);
      expect(await page.evaluate(CUT)).toEqual([]);
      await page.emulateMedia({ colorScheme });
      await page.evaluate(AXE);
      const found = await page.evaluate(`(async () => {
        for (const one of document.querySelectorAll('details')) one.open = true;
        const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
        return violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 160));
      })()`);
      expect(found).toEqual([]);
    },
    120_000,
  );
});
