/** The configuration at work: which rules run, how, and what the allow-list covers. */
import type { Finding, Rule, RuleMeta, Severity, Subject, Thresholds } from '../model.ts';
import { allowingPaths, type IndexedEntry } from './allow-paths.ts';
import { type Compiler, clientTest, networkTest, textTest } from './conditions.ts';
import { type AllowEntry, type Config, hoursRule } from './config.ts';
import { customRule } from './custom-rule.ts';

/** A rule with what is in force; fits the analyzer's `RuleChoice`. */
export interface ChosenRule {
  // biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
  readonly rule: Rule<any>;
  readonly thresholds: Thresholds;
  readonly severity?: Severity;
}

/** Rules that run under this configuration, those of the file behind ftplog's own. */
export function chosenRules(
  config: Config,
  // biome-ignore lint/suspicious/noExplicitAny: as above
  rules: readonly Rule<any>[],
  compiler: Omit<Compiler, 'ownNetworks'>,
): readonly ChosenRule[] {
  const made: Compiler = { ...compiler, ownNetworks: config.ownNetworks };
  const custom = config.customRules.map((rule) => customRule(rule, made));
  const withPaths = config.allow
    .map((entry, index): IndexedEntry => ({ entry, index }))
    .filter(({ entry }) => entry.paths.length > 0);
  return [...rules, ...custom]
    .filter((rule) => runs(rule.meta, config))
    .map((rule) => {
      const entries = withPaths.filter(({ entry }) => concerns(entry, rule.meta.id));
      const severity = config.rules.get(rule.meta.id)?.severity;
      return {
        rule: entries.length === 0 ? rule : allowingPaths(rule, entries, made),
        thresholds: thresholdsOf(rule.meta, config),
        ...(severity === undefined ? {} : { severity }),
      };
    });
}

/** Whether the rule runs. */
export function runs(meta: RuleMeta, { rules, trialRules }: Config): boolean {
  const asked = rules.get(meta.id)?.enabled;
  if (asked !== undefined) return asked;
  if (meta.status === 'stable') return true;
  return typeof trialRules === 'boolean' ? trialRules : trialRules.includes(meta.id);
}

/** Thresholds in force; those named under the rule go before business hours. */
export function thresholdsOf(meta: RuleMeta, { rules, businessHours }: Config): Thresholds {
  const hours =
    meta.id !== hoursRule.id || businessHours === undefined ? [] : hoursOf(businessHours.from, businessHours.to);
  const own = rules.get(meta.id)?.thresholds ?? [];
  return Object.fromEntries([...Object.entries(meta.thresholds ?? {}), ...hours, ...own]);
}

function hoursOf(from: number, to: number): readonly (readonly [string, number])[] {
  return [
    [hoursRule.from, from],
    [hoursRule.to, to],
  ];
}

/** The allow-list parted by a day: an entry applies up to the end of its last day (UTC). */
export function expired(entry: AllowEntry, now: number): boolean {
  return entry.expires !== '' && now >= Date.parse(`${entry.expires}T00:00:00Z`) + 86_400_000;
}

/** The configuration without the entries that have expired. */
export function current(config: Config, now: number): Config {
  return { ...config, allow: config.allow.filter((entry) => !expired(entry, now)) };
}

/** What the allow-list has to know of a finding. */
export interface Suspect {
  readonly rule: string;
  readonly subject: Subject;
  readonly allowedBy?: Finding['allowedBy'];
}

/** Gives the entry that covers a finding, if one does: by subject, or by the paths that its rule saw. */
export function allowList(
  config: Config,
  compiler: Omit<Compiler, 'ownNetworks'>,
): (finding: Suspect) => AllowEntry | undefined {
  const made: Compiler = { ...compiler, ownNetworks: config.ownNetworks };
  const bySubject = config.allow
    .filter((entry) => entry.paths.length === 0)
    .map((entry) => {
      const clients = clientTest(entry.clients, made);
      const networks = networkTest(entry.clients, made);
      const users = textTest(entry.users, made);
      const fits = ({ client = '', user = '', network = '' }: Subject): boolean =>
        (entry.clients.length === 0 || (client !== '' ? clients(client) : networks(network))) &&
        (entry.users.length === 0 || (user !== '' && users(user)));
      return { entry, fits };
    });
  return (finding) => {
    const found = bySubject.find(({ entry, fits }) => concerns(entry, finding.rule) && fits(finding.subject))?.entry;
    return found ?? (finding.allowedBy === undefined ? undefined : config.allow[finding.allowedBy]);
  };
}

function concerns(entry: AllowEntry, rule: string): boolean {
  return entry.rules.length === 0 || entry.rules.includes(rule);
}
