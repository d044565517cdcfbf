/** The JSON Schemas of rows and report, as they are shipped: from the shapes that rows, tables and report are made by. */
import type { JsonSchema, Table } from '../model.ts';
import { reportShape } from '../report.ts';
import { diagnosisShape } from '../rows/diagnosis-row.ts';
import { exchangeShape } from '../rows/exchange-row.ts';
import { findingShape } from '../rows/finding-row.ts';
import { loginShape } from '../rows/login-row.ts';
import { sessionRowShape, sessionShape } from '../rows/session-row.ts';
import { statementShape } from '../rows/statement-row.ts';
import { transferShape } from '../rows/transfer-row.ts';
import { about, type Fields, listOf, named, objectOf, only, type Shape, text } from '../shapes.ts';

/** Rows that the schema names. */
const ownNames = new Map<unknown, string>([
  [loginShape, 'login'],
  [sessionShape, 'session'],
]);

type Tables = readonly Pick<Table<unknown>, 'id' | 'about' | 'row'>[];

const draft = 'https://json-schema.org/draft/2020-12/schema';

export function reportSchema(tables: Tables): JsonSchema {
  const defs = new Map<string, JsonSchema>();
  const schema = objectOf(reportFields(tables)).schema(defs);
  return {
    $schema: draft,
    $id: 'urn:ftplog:schema:report:1',
    title: 'ftplog report',
    description: 'What `ftplog --format json` writes. Within version 1 keys are added, never removed or changed.',
    ...schema,
    $defs: Object.fromEntries(defs),
  };
}

export function rowsSchema(tables: Tables): JsonSchema {
  const defs = new Map<string, JsonSchema>();
  const rows = [
    named('header', headerShape),
    named('exchange', exchangeShape),
    named('transfer', transferShape),
    named('sessionRow', objectOf({ type: only('session'), ...sessionRowShape.fields })),
    named('statement', statementShape),
    named('diagnosisRow', objectOf({ type: only('diagnosis'), ...diagnosisShape.fields })),
    named('findingRow', objectOf({ type: only('finding'), ...findingShape.fields })),
    named('summary', objectOf({ type: only('summary'), ...reportFields(tables) })),
  ];
  return {
    $schema: draft,
    $id: 'urn:ftplog:schema:rows:1',
    title: 'ftplog rows',
    description:
      'One line of `ftplog --format ndjson`: header first, then exchanges, transfers, statements and sessions as they complete, diagnoses, findings, one summary.',
    oneOf: rows.map((row) => row.schema(defs)),
    $defs: Object.fromEntries(defs),
  };
}

const headerShape = objectOf({
  type: only('header'),
  schemaVersion: only(1),
  tool: only('ftplog'),
  version: text,
  sources: listOf(text),
});

function reportFields(tables: Tables): Fields {
  const { sources, tally, ...others } = reportShape.fields;
  return {
    schemaVersion: only(1),
    tool: objectOf({ name: only('ftplog'), version: text }),
    sources,
    tally,
    ...Object.fromEntries(tables.map((table) => [table.id, tableShape(table)])),
    ...others,
  };
}

/** The overview is one row. */
function tableShape({ id, about: help = '', row }: Tables[number]): Shape<unknown> {
  const shape = row as Shape<unknown>;
  const name = ownNames.get(row);
  const whole = id === 'overview' ? named(id, shape) : listOf(name === undefined ? shape : named(name, shape));
  return help === '' ? whole : about(help, whole);
}
