/** The public API. */
export {
  type Analysis,
  type Analyzer,
  type AnalyzerOptions,
  createAnalyzer,
  type RuleChoice,
  type SourceInfo,
} from './analyze.ts';
export { type AnalyzeOptions, analyze, type Input } from './analyze-inputs.ts';
export { diagnoses } from './diagnoses/index.ts';
export { dialects } from './dialects/index.ts';
export { type ComparisonPage, compareReplies, explainReply, type ReplyPage } from './explain/index.ts';
export type * from './model.ts';
export type { BaselineSection, PlainMap, Report, SourceRow, TableLayout } from './report.ts';
export { jsonReport as toJson } from './reporters/json-report.ts';
export type { DiagnosisRow } from './rows/diagnosis-row.ts';
export type { FindingRow, SuppressedRow } from './rows/finding-row.ts';
export { rules } from './rules/index.ts';
export { version } from './version.ts';
