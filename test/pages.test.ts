/** Pages and parts of pages that are generated are those of the registries. */
import { describe, it } from 'vitest';
import { flagName } from '../src/cli/flag.ts';
import { flags } from '../src/cli/flags.ts';
import { listed, topDefaults } from '../src/cli/formats.ts';
import { diagnoses } from '../src/diagnoses/index.ts';
import { dialects } from '../src/dialects/index.ts';
import type { Aspect, Dialect } from '../src/model.ts';
import { tail } from '../src/recognition/tail.ts';
import { reporters } from '../src/reporters/index.ts';
import { aspectsText } from '../src/reporters/source-text.ts';
import { byText } from '../src/text.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { expectFile, expectPart } from './support/fixture.ts';

const families: readonly (readonly [Dialect['side'], string])[] = [
  ['server', 'Servers'],
  ['transfer', 'Transfer logs'],
  ['client', 'Clients'],
  ['wire', 'The conversation itself'],
  ['sensor', 'Network sensors'],
];

function dialectsPage(): string {
  const entry = (d: {
    readonly id: string;
    readonly title: string;
    readonly evidence: string;
    readonly lacks?: readonly Aspect[];
    readonly example: string;
  }): string =>
    `### ${d.id}\n\n${d.title}. Evidence: ${d.evidence}.${d.lacks === undefined ? '' : ` Leaves out ${aspectsText(d.lacks)}.`}\n\n\`\`\`text\n${d.example}\n\`\`\`\n`;
  const sections = families.map(([side, title]) => {
    const own = dialects.filter((d) => d.side === side).sort((a, b) => byText(a.id, b.id));
    return `## ${title}\n\n${own.map(entry).join('\n')}`;
  });
  const around = [...wrappers, tail].sort((a, b) => byText(a.id, b.id)).map(entry);
  return `# Log formats

Generated from the registries by \`npm run test:update\`. ${dialects.length} formats and ${wrappers.length + 1} wrappers around them.

Evidence says how sure the decoder is: \`recorded\` from a program that was run, read from its \`source\`, \`pasted\` logs
that people published, \`documented\` by the maker only, \`unverified\` from memory and therefore tolerant. What a format
leaves out is not zero in a report: it is said not to be in the log.

${sections.join('\n')}
## Around a line

Wrappers are taken off first, up to three, in any order; any format may stand inside.

${around.join('\n')}`;
}

function diagnosesPage(): string {
  const entries = diagnoses.map(({ id, title, cause, who, settle, cures }) => {
    const what = cures.map((cure) => {
      const head = cure.product === '' ? cure.who : `${cure.who}, ${cure.product}`;
      return `- ${head}: ${cure.text}${cure.weakens === undefined ? '' : ` *${cure.weakens}*`}\n`;
    });
    return `## ${id}\n\n**${title}.** ${cause} To change: the ${who}.\n\n${what.join('')}\nTo be sure: ${settle}\n`;
  });
  return `# Diagnoses

Generated from \`src/diagnoses/\` by \`npm run test:update\`. Why something failed, how sure that is, who must change what, and
the lines that show it: \`ftplog why FILE\`. \`certain\`: somebody says it. \`likely\`: a pattern that nothing else makes.
\`possible\`: it could be something else. What is given up with a change stands behind it. Nothing failed: nothing is said.

${entries.join('\n')}`;
}

/** The table of options in docs/contract.md. */
function optionTable(): string {
  const rows = flags.map((one) => `| \`${flagName(one)}\` | ${one.contract ?? one.help} |\n`);
  return `| option | meaning |\n| --- | --- |\n${rows.join('')}`;
}

/** The table of formats in docs/reports.md. */
function formatTable(): string {
  const rows = reporters.map((one) => `| \`${one.id}\` | ${one.for} | ${one.holds} |\n`);
  return `| format | for | holds |\n| --- | --- | --- |\n${rows.join('')}`;
}

describe('documentation', () => {
  it('lists the formats of the registries in docs/dialects.md', () => {
    expectFile('docs/dialects.md', dialectsPage());
    expectFile('docs/diagnoses.md', diagnosesPage());
  });

  it('lists the options in docs/contract.md as they are stated', () => {
    expectPart('docs/contract.md', /^\| option \| meaning \|\n(?:\|.*\n)*/m, optionTable());
  });

  it('lists the report formats as the registry has them', () => {
    expectPart('docs/reports.md', /^\| format \| for \| holds \|\n(?:\|.*\n)*/m, formatTable());
    expectPart('docs/reports.md', /(?<=as many rows as `--top` says \(default: )[^)]*/, topDefaults);
    expectPart('docs/configuration.md', /(?<=\| `top` \| as `--top` \| default: )[^|]*(?= \|)/, topDefaults);
    const judges = reporters.filter((one) => one.judges).map((one) => one.id);
    expectPart('README.md', /(?<=a format for CI \()[^)]*/, judges.join(', '));
    const marked = listed(
      judges.map((id) => `\`${id}\``),
      'or',
    );
    expectPart('docs/contract.md', /(?<=one of the formats is ).*(?=, an input)/, marked);
  });
});
