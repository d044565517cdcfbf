/** A Chromium for tests of the HTML report: `CHROMIUM`, or what the system has. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Path of a browser; undefined, and said so once, if there is none. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter);
  const candidates = [env['CHROMIUM'] ?? '', ...folders.flatMap((folder) => names.map((name) => join(folder, name)))];
  const found = candidates.find((path) => path !== '' && executable(path));
  if (found === undefined)
    console.warn('SKIPPED: no Chromium found, the HTML report was not opened (set CHROMIUM=/path/to/chromium)');
  return found;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts it; root in a container has no sandbox. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
