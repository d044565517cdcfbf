/** The HTML report in a real browser: quiet, inert, sortable, filterable, accessible, and readable without script. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { hostileReport, hostileRows, hostileStrings } from './support/hostile.ts';
import { analysed, contextOf, rendered, sampleLines } from './support/sample.ts';

const chromium = findChromium(process.env);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of all hostile strings those that a browser might take for more than text. */
const forBrowsers: ReadonlySet<string> = new Set([
  'script',
  'image',
  'attribute',
  'attribute single',
  'closing tags',
  'html comment',
  'cdata',
  'entity',
  'bidi override',
  'lone surrogates',
  'null',
  'url',
  'long',
]);

// What a page does can only be seen in a browser; CI installs one, a machine without skips this part.
describe.skipIf(chromium === undefined)('in Chromium (needs one installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftplog-html-'));
  let browser: Browser;
  let sample = '';

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
    const from = analysed(sampleLines());
    sample = await rendered('html', from.report, contextOf(from.sources), from.feed);
  }, 30_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page, lets `look` look, and demands that the browser had nothing to say. */
  async function opened(
    text: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    const path = join(folder, 'report.html');
    writeFileSync(path, text);
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => {
      said.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) said.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(path).href);
    await look(page);
    await context.close();
    expect(said).toEqual([]);
  }

  test('it opens without a word', () =>
    opened(sample, {}, async (page) => expect(await page.title()).toBe('FTP log report: sample.log')));

  test('a filter leaves the rows that match', () =>
    opened(sample, {}, async (page) => {
      const rows = page.locator('#users tbody tr:visible');
      expect(await rows.count()).toBe(9);
      await page.getByLabel('Filter users').fill('ORACLE');
      expect(await rows.count()).toBe(1);
      expect(await page.locator('#users output').textContent()).toBe('1 of 9 rows');
    }));

  test('a heading sorts by number, then the other way', () =>
    opened(sample, {}, async (page) => {
      const head = page.locator('#commands th', { hasText: 'Failed' });
      const cells = async (): Promise<number[]> =>
        (await page.locator('#commands tbody tr td:nth-child(4)').allTextContents()).map(Number);
      await head.getByRole('button').click();
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect(await cells()).toEqual([...(await cells())].sort((a, b) => b - a));
      await head.getByRole('button').press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect(await cells()).toEqual([...(await cells())].sort((a, b) => a - b));
    }));

  test('a session leads to its exchanges, and evidence to its line', () =>
    opened(sample, {}, async (page) => {
      await page.locator('#sessions a', { hasText: 's98' }).first().click();
      const list = page.locator('#session-s98');
      await page.locator('#session-s98[open]').waitFor();
      expect(await list.locator('tbody tr').allTextContents()).toContainEqual(
        expect.stringMatching(/DELE \/etc\/passwd\s*550/),
      );
      await page.locator('#rule-sample-guessing details summary').first().click();
      await page.locator('#rule-sample-guessing details a').first().click();
      expect(await page.locator('tr:target code').first().textContent()).toContain('PASS');
    }));

  test('the timeline zooms by button and by dragging, and back', () =>
    opened(sample, {}, async (page) => {
      const chart = page.locator('#timeline svg').first();
      const whole = await chart.getAttribute('viewBox');
      await page.getByLabel('Zoom in').click();
      const half = await chart.getAttribute('viewBox');
      expect(half).not.toBe(whole);
      const box = await chart.boundingBox();
      await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 20);
      await page.mouse.down();
      await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 20);
      await page.mouse.up();
      expect(await chart.getAttribute('viewBox')).not.toBe(half);
      await page.getByLabel('Show the whole time').click();
      expect(await chart.getAttribute('viewBox')).toBe(whole);
    }));

  test.each(['light', 'dark'] as const)(
    'it has no accessibility faults (%s)',
    (colorScheme) =>
      opened(sample, { colorScheme }, async (page) => {
        await page.evaluate(axe);
        const faults = await page.evaluate(async () => {
          const run = (
            globalThis as unknown as {
              axe: { run: (root: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe;
          const document = (globalThis as unknown as { document: object }).document;
          return (await run.run(document)).violations.map((v) => `${v.id}: ${v.nodes[0]?.html ?? ''}`);
        });
        expect(faults).toEqual([]);
      }),
    30_000,
  );

  test('everything is there without script', () =>
    opened(sample, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('#users tbody tr:visible').count()).toBe(9);
      expect(await page.locator('#rule-sample-guessing').textContent()).toContain('Block the client');
      expect(await page.locator('#timeline svg').count()).toBe(2);
    }));

  test('a phone need not scroll the page sideways', () =>
    opened(sample, { viewport: { width: 360, height: 740 } }, async (page) => {
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width).toBe(360);
    }));

  test('hostile names stay text', async () => {
    const reports = await Promise.all(
      hostileStrings
        .filter(([name]) => forBrowsers.has(name))
        .map(([, text]) =>
          rendered('html', hostileReport(text), contextOf([text]), (writer, pieces) => {
            for (const item of hostileRows(text)) {
              if ('exchange' in item) pieces.push(writer.exchange?.(item.exchange) ?? '');
              if ('remark' in item) pieces.push(writer.remark?.(item.remark) ?? '');
              if ('session' in item) pieces.push(writer.session?.(item.session) ?? '');
            }
          }),
        ),
    );
    await opened(reports[0] ?? '', {}, async (page) => {
      for (const report of reports) {
        writeFileSync(join(folder, 'report.html'), report);
        await page.reload();
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('img,iframe,failure,object,embed,form').count()).toBe(0);
        expect(await page.locator('main > section').count()).toBeGreaterThan(8);
      }
    });
  }, 90_000);
});
