/** docs/rules.md, made from the metadata of the rules. */
import type { Rule, RuleMeta } from '../../src/model.ts';

const groups: readonly (readonly [RuleMeta['group'], string])[] = [
  ['authentication', 'Authentication'],
  ['reconnaissance', 'Reconnaissance'],
  ['confidentiality', 'Confidentiality'],
  ['integrity', 'Integrity'],
  ['exfiltration', 'Exfiltration'],
  ['availability', 'Availability'],
  ['protocol-conformance', 'Protocol conformance'],
];

export function rulesPage(rules: readonly Rule<unknown>[]): string {
  const out = [
    '# Rules',
    '',
    'Generated from `src/rules/` by `npm run test:update`. What fires and what stays silent is shown in `fixtures/rules/<id>.md`;',
    'how the rules do on labelled logs is told by `npm run rules:score`.',
    '',
    '| rule | severity | what was seen |',
    '| --- | --- | --- |',
    ...rules.map(({ meta }) => `| [\`${meta.id}\`](#${meta.id}) | ${meta.severity} | ${meta.title} |`),
    '',
  ];
  for (const [group, title] of groups) {
    out.push(`## ${title}`, '');
    for (const { meta } of rules) if (meta.group === group) out.push(...section(meta));
  }
  return out.join('\n');
}

function section(meta: RuleMeta): readonly string[] {
  const thresholds = Object.entries(meta.thresholds ?? {}).map(([name, value]) => `\`${name}\` ${value}`);
  const tags = [...meta.references, ...meta.attack.map((id) => `ATT&CK ${id}`), ...meta.cwe];
  return [
    `### ${meta.id}`,
    '',
    `**${meta.title}** (${meta.severity}${meta.status === 'trial' ? ', trial' : ''})`,
    '',
    meta.why,
    '',
    `*What to do:* ${meta.advice}`,
    '',
    `*False alarms:* ${meta.falseAlarms}`,
    '',
    ...(thresholds.length === 0 ? [] : [`*Thresholds:* ${thresholds.join(', ')}`, '']),
    ...(tags.length === 0 ? [] : [`*References:* ${tags.join(', ')}`, '']),
  ];
}
