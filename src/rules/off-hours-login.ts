/** A daytime user logs in at night. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { clockText, isDated, timeOfDayMs } from '../timestamp.ts';
import { counted, type Fact, findingOf, subjectOf } from './engine/fact.ts';
import { type Logins, loginRule, successesByUser } from './kinds/logins.ts';
import { isAnonymousName } from './words/users.ts';

const meta = {
  id: 'off-hours-login',
  status: 'stable',
  severity: 'low',
  group: 'authentication',
  title: 'A daytime user logs in at night',
  why: 'A stolen password is used when its owner sleeps. A person whose logins all fall into the day has a reason for the first one at night, and it is worth knowing it.',
  advice: 'Ask the user. If it was not them, change the password and look at what the session did.',
  falseAlarms:
    'A log in another time zone than the users (state theirs with --timezone); travelling users; the first night shift. Jobs that always run at night have a history at night and stay silent.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { earlierLogins: 5, dayBegins: 6, dayEnds: 22 },
} satisfies RuleMeta;

const hourMs = 3_600_000;

export const offHoursLogin: Rule<Logins> = loginRule(
  meta,
  ({ earlierLogins, dayBegins, dayEnds }) =>
    (book, { offsetAt }) =>
      successesByUser(book, earlierLogins).flatMap(([user, facts]) => {
        if (user === '' || isAnonymousName(user)) return [];
        const isNight = ({ time }: Fact): boolean => {
          const hour = Math.floor(timeOfDayMs(localTime(time, offsetAt)) / hourMs);
          return hour < dayBegins || hour >= dayEnds;
        };
        const first = facts.findIndex((f) => Number.isNaN(timeOfDayMs(f.time)) || isNight(f));
        return first < earlierLogins || Number.isNaN(timeOfDayMs(facts[first]?.time ?? Number.NaN))
          ? []
          : told(user, first, facts.slice(first).filter(isNight), offsetAt);
      }),
);

/** As the clock of the readers shows it, in ms as if that were UTC. A time without a day is as the log has it. */
function localTime(time: number, offsetAt: (localMs: number) => number): number {
  if (!isDated(time)) return time;
  const about = time + offsetAt(time) * 60_000;
  return time + offsetAt(about) * 60_000;
}

function told(
  user: string,
  earlier: number,
  nights: readonly Fact[],
  offsetAt: (localMs: number) => number,
): readonly Finding[] {
  const first = nights[0];
  if (first === undefined) return [];
  const time = clockText(localTime(first.time, offsetAt)).slice(0, 5);
  return [
    findingOf(meta, {
      message: `'${user}' logged in at ${time}, after ${counted(earlier, 'login')} that were all by day`,
      subject: subjectOf(first.client, user, first.session),
      facts: nights,
    }),
  ];
}
