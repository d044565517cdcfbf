/** A daytime user logs in at night. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { byText } from '../text.ts';
import { clockText, timeOfDayMs } from '../timestamp.ts';
import { counted, type Fact, findingOf, subjectOf } from './support/fact.ts';
import { type Logins, loginRule, successesByUser } from './support/logins.ts';
import { isAnonymousName } from './support/users.ts';

const meta: RuleMeta = {
  id: 'off-hours-login',
  status: 'stable',
  severity: 'low',
  group: 'authentication',
  title: 'A daytime user logs in at night',
  why: 'A stolen password is used when its owner sleeps. A person whose logins all fall into the day has a reason for the first one at night, and it is worth knowing it.',
  advice: 'Ask the user. If it was not them, change the password and look at what the session did.',
  falseAlarms:
    'A log in another time zone than the users; travelling users; the first night shift. Jobs that always run at night have a history at night and stay silent.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { earlierLogins: 5, dayBegins: 6, dayEnds: 22 },
};

const hourMs = 3_600_000;
const toldOf = 10;

export const offHoursLogin: Rule<Logins> = loginRule(
  meta,
  ({ earlierLogins = 5, dayBegins = 6, dayEnds = 22 }) =>
    (book) =>
      [...successesByUser(book)]
        .sort((a, b) => byText(a[0], b[0]))
        .flatMap(([user, facts]) => {
          if (facts.length <= earlierLogins || user === '' || isAnonymousName(user)) return [];
          const isNight = ({ time }: Fact): boolean => {
            const hour = Math.floor(timeOfDayMs(time) / hourMs);
            return hour < dayBegins || hour >= dayEnds;
          };
          const first = facts.findIndex((f) => Number.isNaN(timeOfDayMs(f.time)) || isNight(f));
          return first < earlierLogins || Number.isNaN(timeOfDayMs(facts[first]?.time ?? Number.NaN))
            ? []
            : told(user, first, facts.slice(first).filter(isNight).slice(0, toldOf));
        }),
);

function told(user: string, earlier: number, nights: readonly Fact[]): readonly Finding[] {
  const first = nights[0];
  if (first === undefined) return [];
  const time = clockText(first.time).slice(0, 5);
  return [
    findingOf(meta, {
      message: `'${user}' logged in at ${time}, after ${counted(earlier, 'login')} that were all by day`,
      subject: subjectOf(first.client, user, first.session),
      facts: nights,
    }),
  ];
}
