/** Reads a saved JSON report. */
import { readFileSync } from 'node:fs';
import type { Report } from '../report.ts';
import { reportFromJson } from '../reporters/json-report.ts';
import { ShapeError } from '../shapes.ts';
import { tables } from '../tables/index.ts';
import { printable } from '../text.ts';
import type { CliIo } from './io.ts';
import { readError } from './read-error.ts';

/** The file is missing or no report; the message names it. */
export class ReportFileError extends Error {}

/** The report in a file, or on standard input where the name is `-`. */
export async function readReport(name: string, io: CliIo): Promise<Report> {
  const shown = name === '-' ? 'standard input' : `'${printable(name)}'`;
  const text = await textOf(name, shown, io);
  try {
    return reportFromJson(
      JSON.parse(text.replace(/^\ufeff/, '')),
      tables.map(({ id, title, columns }) => ({ id, title, columns })),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof ShapeError)) throw error;
    throw new ReportFileError(`${shown}: ${error instanceof SyntaxError ? 'is not JSON' : printable(error.message)}`);
  }
}

async function textOf(name: string, shown: string, io: CliIo): Promise<string> {
  try {
    if (name !== '-') return readFileSync(name, 'utf8');
  } catch (error) {
    throw new ReportFileError(`${shown}: ${readError(error)}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
