/** A daytime user logs in at night. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Best, best, type BoundedMap, boundedMap, claim, mergeBest, mergeBounded, offer, ranked } from '../monoid.ts';
import { byText } from '../text.ts';
import { counted, type Fact, findingOf, inOrder, loginFact, subjectOf } from './support/fact.ts';

const meta: RuleMeta = {
  id: 'off-hours-login',
  status: 'stable',
  severity: 'low',
  group: 'authentication',
  title: 'A daytime user logs in at night',
  why: 'A stolen password is used when its owner sleeps. A person whose logins all fall into the day has a reason for the first one at night, and it is worth knowing it.',
  advice: 'Ask the user. If it was not them, change the password and look at what the session did.',
  falseAlarms: 'A log in another time zone than the users; travelling users; the first night shift. Jobs that always run at night have a history at night and stay silent.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { earlierLogins: 5, dayBegins: 6, dayEnds: 22 },
};

/** The earliest logins of a user, by day and by night. */
export interface DayAndNight {
  readonly day: Best<Fact>;
  readonly night: Best<Fact>;
}

const userLimit = 50_000;
const hourMs = 3_600_000;

export const offHoursLogin: Rule<BoundedMap<DayAndNight>> = {
  meta,
  create(thresholds) {
    const { earlierLogins = 5, dayBegins = 6, dayEnds = 22 } = { ...meta.thresholds, ...thresholds };
    return {
      init: () => boundedMap(userLimit),
      login(state, l): void {
        if (!l.ok || l.anonymous || l.user === '' || l.time !== l.time) return;
        const known = claim(state, l.user, () => ({ day: best<Fact>(earlierLogins), night: best<Fact>(10) }));
        if (known === undefined) return;
        const hour = Math.floor(l.time / hourMs) % 24;
        const list = hour >= dayBegins && hour < dayEnds ? known.day : known.night;
        const worst = list.items.length >= list.limit ? list.items[list.limit - 1] : undefined;
        if (worst !== undefined && list === known.day && l.time > worst.time) return;
        offer(list, loginFact(l), inOrder);
      },
      merge(into, from): void {
        mergeBounded(into, from, (a, b) => {
          mergeBest(a.day, b.day, inOrder);
          mergeBest(a.night, b.night, inOrder);
        });
      },
      finish: (state) => [...state.map].sort((a, b) => byText(a[0], b[0])).flatMap(([user, known]) => ofUser(user, known, earlierLogins)),
    };
  },
};

function ofUser(user: string, known: DayAndNight, earlier: number): readonly Finding[] {
  const days = ranked(known.day, inOrder);
  const nights = ranked(known.night, inOrder);
  const enough = days[earlier - 1];
  const first = nights[0];
  if (enough === undefined || first === undefined || first.time <= enough.time) return [];
  const time = new Date(first.time).toISOString().slice(11, 16);
  return [
    findingOf(meta, {
      message: `'${user}' logged in at ${time}; the ${counted(earlier, 'earlier login')} and more were all by day`,
      subject: subjectOf(first.client, user, first.session),
      facts: nights,
    }),
  ];
}
