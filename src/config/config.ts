/** What a configuration says: plain data, checked. */
import type { Outcome, RuleMeta, Severity } from '../model.ts';

/** A glob, or a regular expression that is looked for anywhere. */
export interface TextPattern {
  readonly kind: 'glob' | 'regex';
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** What the file says of a rule; undefined where it says nothing. */
export interface RuleSetting {
  readonly enabled: boolean | undefined;
  readonly severity: Severity | undefined;
  readonly thresholds: ReadonlyMap<string, number>;
}

/** Whom and what an allow-list entry covers: all that is given must fit. */
export interface AllowEntry {
  /** Addresses, networks, names of hosts as globs, `own`; empty: any. */
  readonly clients: readonly string[];
  readonly users: readonly TextPattern[];
  readonly paths: readonly TextPattern[];
  /** Rule ids; empty: all. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day it applies (UTC); '' for ever. */
  readonly expires: string;
  /** Where it stands, as `ftplog.config.yaml:12`. */
  readonly place: string;
}

/** Conditions on an event; all that are given must fit, any value of a list. */
export interface Conditions {
  readonly verbs: readonly string[];
  /** Codes by their beginning: `550`, `53`, `5`. */
  readonly codes: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly argument: TextPattern | undefined;
  readonly paths: readonly TextPattern[];
  readonly clients: readonly string[];
  readonly users: readonly TextPattern[];
}

/** A rule as data. */
export interface CustomRule {
  readonly meta: RuleMeta;
  /** What is looked at: commands with their replies, logins, or transfers. */
  readonly events: 'command' | 'login' | 'transfer';
  /** Of a login: `ok` or `failed`; of a transfer: `download` or `upload`; '' any. */
  readonly result: '' | 'ok' | 'failed' | 'download' | 'upload';
  readonly match: Conditions;
  readonly except: Conditions | undefined;
  readonly count: number;
  /** 0: over the whole log. */
  readonly windowMs: number;
  readonly per: 'client' | 'user' | 'session';
}

/** Whole hours of the day. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** All that a file may say; undefined where it says nothing. */
export interface Config {
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** All trial rules, or those named. */
  readonly trialRules: boolean | readonly string[];
  readonly allow: readonly AllowEntry[];
  readonly businessHours: Hours | undefined;
  readonly ownNetworks: readonly string[];
  readonly failOn: string | undefined;
  readonly top: number | undefined;
  readonly timezone: string | undefined;
  readonly year: number | undefined;
  readonly customRules: readonly CustomRule[];
}

/** What there is without any file. */
export const emptyConfig: Config = {
  rules: new Map(),
  trialRules: false,
  allow: [],
  businessHours: undefined,
  ownNetworks: [],
  failOn: undefined,
  top: undefined,
  timezone: undefined,
  year: undefined,
  customRules: [],
};

/** The rule that business hours are for, and its thresholds. */
export const hoursRule = { id: 'off-hours-login', from: 'dayBegins', to: 'dayEnds' } as const;
