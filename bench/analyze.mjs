/** The analysis by the library, with all rules or with none: what do the rules cost? `node bench/analyze.mjs FILE [none]` */
import { analyze } from '../dist/index.js';

const [, , file, rules] = process.argv;
const report = await analyze([file], rules === 'none' ? { rules: [] } : {});
process.stdout.write(`${report.tally.lines} lines, ${report.findings.length} findings\n`);
